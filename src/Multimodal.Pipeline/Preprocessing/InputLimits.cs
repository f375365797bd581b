namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Bounds that hold before anything is allocated for an input.</summary>
public sealed record InputLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public long MaximumBytes { get; init; } = 64L << 20;

    /// <summary>The largest text, in bytes; encoders read the beginning of a text, and cleaning takes several times its size.</summary>
    public long MaximumTextBytes { get; init; } = 4L << 20;

    /// <summary>The most pixels of one picture, width × height.</summary>
    public long MaximumPixels { get; init; } = 100_000_000;

    /// <summary>The longest side of a picture, in pixels.</summary>
    public int MaximumSide { get; init; } = 32_768;

    /// <summary>The most frames or pages of one picture; the first is read, but all have to be counted.</summary>
    public int MaximumFrames { get; init; } = 10_000;

    /// <summary>The longest recording, in seconds as recorded.</summary>
    public double MaximumSeconds { get; init; } = 600;
}
