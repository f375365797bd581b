namespace Multimodal.Onnx.Batching;

/// <summary>How the requests of many callers become runs of a network.</summary>
public sealed record BatchingOptions
{
    /// <summary>The most items of one run, 1 or more.</summary>
    public int MaximumBatch { get; init; } = 32;

    /// <summary>The most runs at once, 1 or more.</summary>
    public int ConcurrentRuns { get; init; } = 1;

    /// <summary>
    /// How long a free run waits for more items to join the oldest. Zero, the default, never waits: while runs are at work what comes
    /// gathers anyway, and a lone request is not held up.
    /// </summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The most requests that may wait, 1 or more; one more is refused.</summary>
    public int QueueLimit { get; init; } = 4096;

    /// <summary>The greatest share of a run's positions that may be padding, 0 to 1; items of too different lengths run apart.</summary>
    public double MaximumPaddingShare { get; init; } = 0.25;

    /// <summary>
    /// Whether runs hold 1, 2, 4, 8 … items or the most, and nothing between: where each new size costs a plan of its own, few sizes do.
    /// </summary>
    public bool PowersOfTwo { get; init; }

    /// <summary>Whether runs are filled up to the most items with copies, so that there is one size alone.</summary>
    public bool FillsUp { get; init; }

    /// <summary>After so long a bulk request is treated as an interactive one, so that it is never starved.</summary>
    public TimeSpan BulkPatience { get; init; } = TimeSpan.FromSeconds(1);
}
