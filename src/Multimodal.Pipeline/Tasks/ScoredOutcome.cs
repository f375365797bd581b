using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>A verdict over labels.</summary>
public abstract record ScoredOutcome : TaskOutcome
{
    /// <summary>The label of the best score.</summary>
    public required string Label { get; init; }

    /// <summary>Its score, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Labels with their scores, best first.</summary>
    public required IReadOnlyList<LabelScore> Scores { get; init; }

    /// <summary>How the confidence comes about; on all modalities together alone.</summary>
    public Contributions? Contributions { get; init; }

    /// <summary>How the modalities' own verdicts stand to this one; on all modalities together alone.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>
    /// The verdict without each used modality; on all modalities together alone, and null where only one was used, since nothing is left
    /// without it.
    /// </summary>
    public IReadOnlyDictionary<Modality, SubsetVerdict>? Without { get; init; }

    /// <summary>A label's score, 0 to 1.</summary>
    public double ScoreOf(string label) => Scores.First(score => score.Label == label).Score;
}
