namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>How an index is kept.</summary>
public sealed record IndexOptions
{
    /// <summary>For how long a search may overlook what other processes wrote. What this process wrote is found at once.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So many blobs of single writes are merged into a segment; more than 0.</summary>
    public int LargestLog { get; init; } = 256;

    /// <summary>The size in bytes that segments are kept below, but for a single entry of more.</summary>
    public long LargestSegment { get; init; } = 32 << 20;

    /// <summary>How many threads a search takes at most; 0 for all processors.</summary>
    public int Threads { get; init; }
}
