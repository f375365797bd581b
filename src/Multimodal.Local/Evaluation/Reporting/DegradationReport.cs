namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>What the degradation did.</summary>
internal sealed record DegradationReport
{
    /// <summary>The share of the variance, 0 to 1, that pictures were to keep at least.</summary>
    public required double ImageVariance { get; init; }

    /// <summary>The fewest leading principal components that hold it, which pictures keep.</summary>
    public required int ImageComponents { get; init; }

    /// <summary>The share of the variance that those hold, 0 to 1.</summary>
    public required double ImageVarianceHeld { get; init; }

    /// <summary>The side of the square set to zero, in pixels.</summary>
    public required int ImageSquare { get; init; }

    /// <summary>How many recordings talk over each.</summary>
    public required int AudioTalkers { get; init; }

    /// <summary>Their effective amplitude as a ratio to the speech's; 1 is 0 dB.</summary>
    public required double AudioAmplitude { get; init; }

    /// <summary>The share of a text's letters and digits that was replaced, 0 to 1.</summary>
    public required double TextShare { get; init; }
}
