namespace Multimodal.Onnx;

/// <summary>How networks are run.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Threads within one run, 1 or more. The default leaves the cores to the jobs and modalities that run side by side.
    /// </summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>The most items of one run, 1 or more; more are split.</summary>
    public int MaximumBatch { get; init; } = 32;

    /// <summary>
    /// The execution providers, in the order in which they are tried; the processor is the last resort in any case. Null takes CUDA where
    /// the native flavour has it.
    /// </summary>
    public IReadOnlyList<ExecutionProvider>? ExecutionProviders { get; init; }

    /// <summary>Which GPU, where there are several.</summary>
    public int DeviceId { get; init; }

    /// <summary>
    /// What open sessions may take together, in bytes of their model files; beyond it those that nobody uses are closed, the least recently
    /// used first.
    /// </summary>
    public long MemoryBudgetBytes { get; init; } = long.MaxValue;

    /// <summary>How long a free run waits for more items to join the oldest; zero: not at all.</summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The most items that may wait for one encoder, 1 or more; one more is refused.</summary>
    public int QueueLimit { get; init; } = 4096;
}
