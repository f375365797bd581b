using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>How often each label was taken for each.</summary>
internal sealed record ConfusionReport
{
    public required IReadOnlyList<Modality> Modalities { get; init; }

    public required Condition Condition { get; init; }

    /// <summary>The labels, in the order of rows and columns.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>[true label][verdict].</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }

    /// <summary>[true label]: how many had no verdict, since nothing of them could be used.</summary>
    public required IReadOnlyList<int> Undecided { get; init; }

    public static ConfusionReport Of(IReadOnlyList<Modality> modalities, Condition condition, IReadOnlyList<string> labels, Trial trial)
    {
        var counts = trial.Truth.Zip(trial.Verdicts).CountBy(pair => pair).ToDictionary();
        return new ConfusionReport
        {
            Modalities = modalities,
            Condition = condition,
            Labels = labels,
            Counts = [.. labels.Select(label => labels.Select(verdict => counts.GetValueOrDefault((label, verdict))).ToArray())],
            Undecided = [.. labels.Select(label => counts.GetValueOrDefault((label, null)))],
        };
    }
}
