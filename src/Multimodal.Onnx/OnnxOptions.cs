using Multimodal.Onnx.Sessions;

namespace Multimodal.Onnx;

/// <summary>How networks are run.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Threads within one run, 1 or more. Null takes what was measured of the encoder on this machine; where nothing was, 1, which leaves
    /// the cores to the jobs and modalities that run side by side. On a GPU always 1.
    /// </summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>The most items of one run, 1 or more. Null takes what was measured; where nothing was, 8, on a GPU 32.</summary>
    public int? MaximumBatch { get; init; }

    /// <summary>The most runs of one encoder at once, 1 or more. Null takes what was measured; where nothing was, what the cores allow, on a GPU 2.</summary>
    public int? ConcurrentRuns { get; init; }

    /// <summary>Where measurements of encoders are kept, by model and machine; null: nowhere.</summary>
    public string? TuningFolder { get; init; } = DefaultTuningFolder;

    /// <summary>
    /// Where the optimised graphs of larger models are kept for the processor, by model, runtime and processor, so that they open faster:
    /// as much again as the models take. The folder becomes the user's alone; what lies in it is trusted. Null, the default: nowhere.
    /// </summary>
    public string? GraphFolder { get; init; }

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

    /// <summary>
    /// What each network may take for its runs, in bytes, with its weights where they are on a device or packed for the processor; there it
    /// is less than 4 GiB. A network whose weights do not fit is refused, a batch that does not is run in halves. Null: no bound but the
    /// machine's.
    /// </summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// Whether every run has the most items, short ones being filled up with copies: for networks on a device that plans anew whenever the
    /// size changes, as convolutions of cuDNN do. It costs what the copies cost.
    /// </summary>
    public bool FillBatches { get; init; }

    /// <summary>Whether TensorRT may compute in half precision; embeddings then differ a little.</summary>
    public bool TensorRtHalfPrecision { get; init; }

    /// <summary>
    /// Whether an encoder's inputs and outputs on CUDA and TensorRT lie in page-locked memory that its runs are bound to, so that each is
    /// copied once and no memory is asked for where the output's shape is known. Runs at once then wait for one another on the device.
    /// </summary>
    public bool BindMemory { get; init; }

    /// <summary>How long a free run waits for more items to join the oldest; zero: not at all.</summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The greatest share of a run's positions that may be padding, 0 to 1.</summary>
    public double MaximumPaddingShare { get; init; } = 0.25;

    /// <summary>The most items that may wait for one encoder, 1 or more; one more is refused.</summary>
    public int QueueLimit { get; init; } = 4096;

    /// <summary>After so long a request for which nobody waits goes as one for which somebody does, so that it is never starved.</summary>
    public TimeSpan BulkPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The threads that the runs of all encoders take together, 1 or more; beyond it they take turns. Null: on the processor its cores;
    /// elsewhere no bound, unless <see cref="Pipelines"/> says something of threads or shares, where it is what the device is fed by.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>What single pipelines may take, by name.</summary>
    public IReadOnlyDictionary<string, PipelineBudget> Pipelines { get; init; } = new Dictionary<string, PipelineBudget>();

    /// <summary>A request that somebody waits for at this moment is refused where it would wait longer for its run; those of jobs wait.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After so long without use a session is closed, and its memory given back; the next request opens it anew. Null: never.</summary>
    public TimeSpan? IdleTime { get; init; }

    /// <summary>Whether an encoder runs once on noise when it is opened, so that the first request is not slower than others.</summary>
    public bool WarmUp { get; init; }

    /// <summary>Graphs of models of fewer bytes are not kept.</summary>
    internal long SmallestKeptGraph { get; init; } = GraphCache.DefaultSmallest;

    /// <summary>What memory runs are bound to, whatever the provider; null: as <see cref="BindMemory"/> says.</summary>
    internal BoundMemory? BoundMemory { get; init; }

    // Unverified: on a new machine the folder is not there yet.
    private static string? DefaultTuningFolder =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? Path.Combine(data, "multimodal", "tuning")
            : null;
}
