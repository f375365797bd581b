using System.Text.Json.Serialization;
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

    /// <summary>Labels with their scores, best first; in results the best ones alone where the task says how many.</summary>
    public required IReadOnlyList<LabelScore> Scores { get; init; }

    /// <summary>The labels whose scores reach their thresholds, best first, perhaps none; null where no label has a threshold.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>How the confidence comes about; on all modalities together alone.</summary>
    public Contributions? Contributions { get; init; }

    /// <summary>How the modalities' own verdicts stand to this one; on all modalities together alone.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>
    /// The verdict without each used modality; on all modalities together alone, and null where only one was used, since nothing is left
    /// without it.
    /// </summary>
    public IReadOnlyDictionary<Modality, SubsetVerdict>? Without { get; init; }

    /// <summary>By how much the best score is above the second, 0 to 1; the score itself where there is one label.</summary>
    [JsonIgnore]
    public double Margin => Scores.Count > 1 ? Scores[0].Score - Scores[1].Score : Confidence;

    /// <summary>A label's score, 0 to 1.</summary>
    public double ScoreOf(string label) => Scores.First(score => score.Label == label).Score;

    /// <summary>The same with the best scores alone.</summary>
    /// <param name="count">How many; null: all.</param>
    /// <param name="besides">Labels whose scores are kept besides.</param>
    public ScoredOutcome Shorten(int? count, IReadOnlySet<string> besides)
    {
        ArgumentNullException.ThrowIfNull(besides);
        return count is { } most && most < Scores.Count
            ? this with { Scores = [.. Scores.Where((score, i) => i < most || besides.Contains(score.Label))] }
            : this;
    }
}
