using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Format;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Opens sessions with the first execution provider that can be had, found out once by a trial. One that cannot be had (no driver, no
/// library, no device) is warned of, and the next takes its place.
/// </summary>
internal sealed class SessionOpener
{
    private const string CudaName = "CUDAExecutionProvider";

    // What a session takes beside its weights.
    private const long Slack = 16 << 20;

    private static long _openings;
    private static int _opening;

    private readonly OnnxOptions _options;
    private readonly ILogger _logger;
    private readonly Lazy<ExecutionProvider> _inUse;
    private readonly ResourcePool<InferenceSession> _pool;
    private readonly GraphCache _graphs;

    public SessionOpener(OnnxOptions options, ILogger logger, TimeProvider? time = null)
    {
        _options = options;
        _logger = logger;
        _pool = new ResourcePool<InferenceSession>(options.MemoryBudgetBytes, options.IdleTime, time, NativeHeap.Trim);
        _graphs = new GraphCache(options.GraphFolder, options.SmallestKeptGraph, logger);
        SessionTelemetry.Watch(_pool);
        _inUse = new Lazy<ExecutionProvider>(Choose);
    }

    /// <summary>How often a session was opened.</summary>
    public long Opened => _pool.Opened;

    /// <summary>How often a session was closed to make room.</summary>
    public long Evicted => _pool.Evicted;

    /// <summary>How often a session was closed because nobody used it.</summary>
    public long IdleClosed => _pool.IdleClosed;

    /// <summary>What open sessions take, in bytes.</summary>
    public long Bytes => _pool.Bytes;

    /// <summary>What sessions run on.</summary>
    public ExecutionProvider InUse => _inUse.Value;

    /// <summary>Declares a session that is opened when it is used; then a file that this runtime does not read is a <see cref="PipelineException"/>.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="threads">Threads within a run.</param>
    /// <param name="identity">Names the content of the file and of those beside it, so that its optimised graph can be kept; null where nothing does.</param>
    /// <param name="owner">The pipeline that it belongs to; null where it belongs to none.</param>
    public ResourcePool<InferenceSession>.Slot Declare(OnnxFile file, int threads, string? identity = null, PoolShare? owner = null) =>
        _pool.Declare(() => OpenMeasured(file, threads, identity), file.Bytes, owner);

    // Weights lie in the native heap, laid out anew or in another precision than in the file. What others do there meanwhile would be
    // counted too, so that an opening beside another is not measured, and what cannot be true is not believed.
    private (InferenceSession Session, long? Bytes) OpenMeasured(OnnxFile file, int threads, string? identity)
    {
        if (InUse != ExecutionProvider.Cpu || NativeHeap.Allocated is not { } before)
        {
            return (Open(file, threads, identity), null);
        }

        var turn = Interlocked.Increment(ref _openings);
        var isAlone = Interlocked.Increment(ref _opening) == 1;
        try
        {
            var session = Open(file, threads, identity);
            var grown = (NativeHeap.Allocated ?? before) - before;
            return (session, isAlone && turn == Volatile.Read(ref _openings) && grown <= (3 * file.Bytes) + Slack ? Math.Max(grown, file.Bytes) : null);
        }
        finally
        {
            Interlocked.Decrement(ref _opening);
        }
    }

    private InferenceSession Open(OnnxFile file, int threads, string? identity)
    {
        RuntimeVersions.Require(file);
        try
        {
            // Devices keep what they compile by themselves.
            return identity is not null && InUse == ExecutionProvider.Cpu
                ? _graphs.Open(file, identity, (path, change) => Open(file, path, threads, change))
                : Open(file, file.Path, threads, null);
        }
        catch (OnnxRuntimeException e)
        {
            throw new PipelineException($"{file.Path} cannot be opened by ONNX Runtime: {e.Message}", e);
        }
    }

    private InferenceSession Open(OnnxFile file, string path, int threads, Action<SessionOptions>? change)
    {
        // What is kept of a model lies in a folder that is trusted. TensorRT names what it keeps after the file.
        var bytes = path == file.Path ? VouchedModel.Check(file, holds: InUse != ExecutionProvider.TensorRt) : null;
        using var sessionOptions = CreateOptions(InUse, threads);
        change?.Invoke(sessionOptions);
        return InUse == ExecutionProvider.Cpu && _options.MemoryLimitBytes is { } limit
            ? RunArena.Open(sessionOptions, limit, file.Path, () => Open(path, bytes, sessionOptions))
            : Open(path, bytes, sessionOptions);
    }

    private InferenceSession Open(string path, byte[]? bytes, SessionOptions sessionOptions)
    {
        if (Memory is not { } memory)
        {
            return bytes is null ? new InferenceSession(path, sessionOptions) : new InferenceSession(bytes, sessionOptions);
        }

        var session = bytes is null ? new BoundSession(path, sessionOptions, memory) : new BoundSession(bytes, sessionOptions, memory);
        if (!session.HasMemory)
        {
            Log.BoundMemoryUnavailable(_logger, memory.Allocator, path);
        }

        return session;
    }

    // The processor reads ordinary memory where it lies.
    private BoundMemory? Memory => _options.BoundMemory
        ?? (_options.BindMemory && InUse != ExecutionProvider.Cpu ? BoundMemory.PageLocked(_options.DeviceId) : null);

    private ExecutionProvider Choose()
    {
        var wanted = _options.ExecutionProviders
            ?? (OrtEnv.Instance().GetAvailableProviders().Contains(CudaName) ? [ExecutionProvider.Cuda] : []);
        ExecutionProvider[] order = [.. wanted.TakeWhile(provider => provider != ExecutionProvider.Cpu), ExecutionProvider.Cpu];
        for (var i = 0; i < order.Length - 1; i++)
        {
            try
            {
                using var sessionOptions = CreateOptions(order[i], 1);
                new InferenceSession(TrialModel.Write(TrialModel.OldVersion, ("", TrialModel.OldOpset)), sessionOptions).Dispose();
                return order[i];
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
            {
                // The CPU flavour lacks even the entry points of the others.
                Log.ProviderUnavailable(_logger, order[i].ToName(), order[i + 1].ToName(), e.Message);
            }
        }

        return ExecutionProvider.Cpu;
    }

    private SessionOptions CreateOptions(ExecutionProvider provider, int threads)
    {
        var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = threads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            switch (provider)
            {
                case ExecutionProvider.TensorRt:
                    AppendTensorRt(sessionOptions);
                    AppendCuda(sessionOptions);
                    break;
                case ExecutionProvider.Cuda:
                    AppendCuda(sessionOptions);
                    break;
            }

            return sessionOptions;
        }
        catch
        {
            sessionOptions.Dispose();
            throw;
        }
    }

    private void AppendCuda(SessionOptions sessionOptions)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(DeviceOptions.Cuda(_options));
        sessionOptions.AppendExecutionProvider_CUDA(cuda);
    }

    private void AppendTensorRt(SessionOptions sessionOptions)
    {
        using var tensorRt = new OrtTensorRTProviderOptions();
        if (_options.GraphFolder is { } folder)
        {
            GraphCache.MakePrivate(folder);
        }

        tensorRt.UpdateOptions(DeviceOptions.TensorRt(_options));
        sessionOptions.AppendExecutionProvider_Tensorrt(tensorRt);
    }
}
