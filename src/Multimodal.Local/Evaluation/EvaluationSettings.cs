namespace Multimodal.Local.Evaluation;

/// <summary>What <c>multimodal eval</c> was asked for.</summary>
internal sealed record EvaluationSettings
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The model repository's folder.</summary>
    public required string Models { get; init; }

    /// <summary>The folder with <c>mnist/</c> and <c>fsdd/</c>.</summary>
    public required string Data { get; init; }

    /// <summary>A JSON Lines file of texts that replaces the pipeline's own, or null.</summary>
    public string? Texts { get; init; }

    /// <summary>Where reports are written, or null: <c>artifacts/eval/PIPELINE</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Whether one JSON document is printed instead of a table.</summary>
    public bool Json { get; init; }

    /// <summary>Chooses places, talkers, characters, partners and resamples.</summary>
    public long Seed { get; init; }

    /// <summary>The strength of the degradation, 0 (none) to 2; 1 is that of the published figures.</summary>
    public double Level { get; init; } = 1;

    /// <summary>How many resamples the intervals are of.</summary>
    public int Resamples { get; init; } = 1000;
}
