using System.Globalization;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks.Decisions;

/// <summary>Whether the conditions of a rule hold, and in what words.</summary>
internal static class DecisionMatch
{
    /// <summary>What holds, in words that can follow "and"; null where a condition does not hold.</summary>
    public static IReadOnlyList<string>? Find(DecisionConditions conditions, ScoredOutcome verdict, ModalitySet present)
    {
        (bool IsAsked, bool Holds, Func<string> Words)[] all =
        [
            (conditions.Label is not null, verdict.Label == conditions.Label, () => $"the verdict is {verdict.Label}"),
            (conditions.MinimumConfidence is not null, verdict.Confidence >= conditions.MinimumConfidence,
                () => $"the confidence, {Percent(verdict.Confidence)}, is {Percent(conditions.MinimumConfidence)} or more"),
            (conditions.ConfidenceBelow is not null, verdict.Confidence < conditions.ConfidenceBelow,
                () => $"the confidence, {Percent(verdict.Confidence)}, is less than {Percent(conditions.ConfidenceBelow)}"),
            (conditions.MinimumMargin is not null, verdict.Margin >= conditions.MinimumMargin,
                () => $"the best label is ahead by {Percent(verdict.Margin)}, which is {Percent(conditions.MinimumMargin)} or more"),
            (conditions.MarginBelow is not null, verdict.Margin < conditions.MarginBelow,
                () => $"the best label is ahead by {Percent(verdict.Margin)}, which is less than {Percent(conditions.MarginBelow)}"),
            (conditions.Agreement is not null, verdict.Agreement?.State == conditions.Agreement, () => Words(conditions.Agreement!.Value)),
            (conditions.Missing is not null, !(conditions.Missing ?? []).Any(present.Contains), () => Words(conditions.Missing!)),
        ];
        var asked = all.Where(condition => condition.IsAsked).ToList();
        return asked.TrueForAll(condition => condition.Holds) ? [.. asked.Select(condition => condition.Words())] : null;
    }

    /// <summary>A number from 0 to 1 in per cent, alike in every culture.</summary>
    public static string Percent(double? value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.##} %");

    private static string Words(AgreementState agreement) => agreement switch
    {
        AgreementState.Conflict => "the modalities contradict each other",
        AgreementState.Agree => "the modalities agree",
        _ => "only one modality speaks",
    };

    private static string Words(IReadOnlyList<Modality> missing) =>
        $"there is no {string.Join(" and no ", missing.Order().Select(modality => modality.ToName()))} to go by";
}
