using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Bench;

/// <summary>What <c>multimodal bench</c> is asked for.</summary>
internal sealed record BenchSettings
{
    public required string Pipeline { get; init; }

    /// <summary>The model repository.</summary>
    public required string Models { get; init; }

    /// <summary>Which encoders; empty: all.</summary>
    public IReadOnlyList<Modality> Modalities { get; init; } = [];

    /// <summary>Files to encode; null: the pipeline's samples, and noise for encoders that have none.</summary>
    public string? Inputs { get; init; }

    /// <summary>The most callers at once.</summary>
    public int Callers { get; init; } = 32;

    /// <summary>For how long, each number of callers.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the report and the curve are written; null: artifacts/bench/{pipeline}.</summary>
    public string? Output { get; init; }

    public bool Json { get; init; }
}
