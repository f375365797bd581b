namespace Multimodal.Http;

/// <summary>Bounds on requests. The size of one file is bounded by <see cref="Pipeline.Preprocessing.InputLimits.MaximumBytes"/>.</summary>
public sealed record HttpLimits
{
    /// <summary>The largest body of a submission, in bytes.</summary>
    public long MaximumBodyBytes { get; init; } = 256L << 20;

    /// <summary>The most parts of a submission, fields and files together.</summary>
    public int MaximumParts { get; init; } = 100;

    /// <summary>The most headers of a part.</summary>
    public int MaximumPartHeaders { get; init; } = 16;

    /// <summary>The longest headers of a part, in bytes together.</summary>
    public int MaximumPartHeaderBytes { get; init; } = 8 * 1024;

    /// <summary>Up to which size a file is held in memory while its request is read, in bytes; a larger one goes to a temporary file.</summary>
    public int MemoryThreshold { get; init; } = 64 * 1024;

    /// <summary>The longest that a request may ask to wait for the result, in seconds.</summary>
    public int MaximumWaitSeconds { get; init; } = 60;

    /// <summary>The most clients that watch jobs at once.</summary>
    public int MaximumStreams { get; init; } = 32;

    /// <summary>The most jobs that are listed: the newest. All others are there, but must be asked for by their ids.</summary>
    public int MaximumListedJobs { get; init; } = 10_000;

    /// <summary>The most jobs on a page of the list.</summary>
    public int MaximumPage { get; init; } = 200;
}
