using Multimodal.Onnx.Optimization;

namespace Multimodal.Local.Lighter;

/// <summary>What <c>multimodal models optimize</c> was asked for.</summary>
internal sealed record OptimizeSettings
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The model repository's folder.</summary>
    public required string Models { get; init; }

    /// <summary>How its networks are made lighter.</summary>
    public LighterFormat Format { get; init; }

    /// <summary>The new pipeline's name, or null: the old one's with the format after it.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a pipeline of that name gives way.</summary>
    public bool Replace { get; init; }

    /// <summary>A folder of inputs to measure on, or null: the pipeline's own samples and references.</summary>
    public string? Data { get; init; }

    /// <summary>The least cosine of any embedding to the original's, more than 0 and at most 1.</summary>
    public double MinimumCosine { get; init; } = 0.99;

    /// <summary>Whether parts are measured alone only where all of them together are not like enough.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How many turns the old and the new network take when their speed is measured; 0: it is not.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Where the report is written, or null: <c>artifacts/optimize/NAME</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Whether one JSON document is printed instead of tables.</summary>
    public bool Json { get; init; }
}
