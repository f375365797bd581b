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
}
