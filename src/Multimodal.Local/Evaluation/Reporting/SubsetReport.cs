using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The figures of one subset of the modalities.</summary>
internal sealed record SubsetReport
{
    public required IReadOnlyList<Modality> Modalities { get; init; }

    /// <summary>A single modality on its own items, each once; absent for several modalities.</summary>
    public ScoreReport? Items { get; init; }

    /// <summary>On the pairs.</summary>
    public required ScoreReport Pairs { get; init; }

    /// <summary>On the shuffled pairs, against the picture's label; absent for a single modality.</summary>
    public ScoreReport? Control { get; init; }

    /// <summary>What the table shows.</summary>
    [JsonIgnore]
    public ScoreReport Headline => Items ?? Pairs;

    /// <summary>For people.</summary>
    [JsonIgnore]
    public string Name => string.Join(" + ", Modalities.Select(modality => modality.ToName()));
}
