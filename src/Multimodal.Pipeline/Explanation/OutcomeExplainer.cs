using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Explanation;

/// <summary>Explains a verdict by the verdicts of the same task on the subsets of the modalities.</summary>
public static class OutcomeExplainer
{
    /// <summary>Adds to a verdict what its modalities contribute, whether they agree, and what the verdict is without each.</summary>
    /// <param name="verdict">The verdict on all used modalities.</param>
    /// <param name="prior">The probability of its label before anything is known.</param>
    /// <param name="used">The used modalities.</param>
    /// <param name="players">Those of them that may contribute; the others contribute nothing.</param>
    /// <param name="subsets">The task's verdict on every subset of the used modalities but the empty one.</param>
    public static ScoredOutcome Explain(
        ScoredOutcome verdict, double prior, ModalitySet used, ModalitySet players, IReadOnlyDictionary<ModalitySet, ScoredOutcome> subsets)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(subsets);
        double[] values =
        [
            .. players.Subsets().Select(subset => subset.Count == 0 ? prior
                : subset == players ? verdict.Confidence
                : subsets[subset].ScoreOf(verdict.Label)),
        ];
        var shares = players.Zip(ShapleyValues.Compute(values)).ToDictionary(pair => pair.First, pair => pair.Second);
        return verdict with
        {
            Contributions = new Contributions(prior, used.ToDictionary(modality => modality, modality => shares.GetValueOrDefault(modality))),
            Agreement = Agreement.Of(verdict, used.ToDictionary(modality => modality, modality => subsets[ModalitySet.Of(modality)])),
            Without = used.Count > 1 ? used.ToDictionary(modality => modality, modality => VerdictOf(subsets[used.Without(modality)])) : null,
        };
    }

    private static SubsetVerdict VerdictOf(ScoredOutcome outcome) => new(outcome.Label, outcome.Confidence);
}
