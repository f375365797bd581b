using Multimodal.Pipeline.Explanation;

namespace Multimodal.Pipeline.Tasks;

/// <summary>The verdict of a classification.</summary>
public sealed record ClassificationOutcome : TaskOutcome
{
    /// <summary>The most probable label.</summary>
    public required string Label { get; init; }

    /// <summary>Its probability, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Every label with its probability, most probable first; they sum to 1.</summary>
    public required IReadOnlyList<LabelScore> Scores { get; init; }

    /// <summary>How the confidence comes about; on the fused embedding alone.</summary>
    public Contributions? Contributions { get; init; }

    /// <summary>How the modalities' own verdicts stand to this one; on the fused embedding alone.</summary>
    public Agreement? Agreement { get; init; }
}
