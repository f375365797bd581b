using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Encoders;
using Multimodal.Onnx.Format;
using Multimodal.Onnx.Scheduling;
using Multimodal.Onnx.Sessions;
using Multimodal.Onnx.Speech;
using Multimodal.Onnx.Tracing;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Onnx;

/// <summary>Opens a pipeline's networks with ONNX Runtime. Safe for concurrent use.</summary>
public sealed class OnnxModelFactory : IModelFactory
{
    // Heads are small: what bounds their runs is memory alone.
    private const int HeadBatch = 256;

    private readonly OnnxOptions _options;
    private readonly ILogger _logger;
    private readonly SessionOpener _sessions;
    private readonly Lazy<RunGate?> _gate;
    private readonly ConcurrentDictionary<string, PoolShare> _memory = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<EncoderTuner> _tuner;
    private readonly ConcurrentDictionary<string, OnnxEncoder> _encoders = new();

    /// <summary>Opens networks with these options.</summary>
    public OnnxModelFactory(OnnxOptions options, ILogger<OnnxModelFactory>? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IntraOpThreads ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumBatch ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ConcurrentRuns ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLimit, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimitBytes ?? 1, 1, nameof(options));
        _options = options;
        _logger = logger ?? NullLogger<OnnxModelFactory>.Instance;
        _sessions = new SessionOpener(options, _logger, time);
        _gate = new Lazy<RunGate?>(CreateGate);
        GateTelemetry.Watch(this);

        // Late: naming the execution provider starts it.
        _tuner = new Lazy<EncoderTuner>(() => new EncoderTuner(
            new TuningCache(options.TuningFolder, _logger),
            MachineName.Of(ExecutionProvider),
            TuningRange.Of(ExecutionProvider)));
    }

    /// <summary>The execution provider in use.</summary>
    public ExecutionProvider ExecutionProvider => _sessions.InUse;

    /// <summary>How often a session was opened, recycled ones among them.</summary>
    internal long Opened => _sessions.Opened;

    /// <summary>How networks are run.</summary>
    public OnnxOptions Options => _options;

    /// <summary>How often a session was closed because nobody used it.</summary>
    public long IdleClosed => _sessions.IdleClosed;

    /// <summary>What open sessions take, in bytes.</summary>
    public long OpenBytes => _sessions.Bytes;

    /// <summary>What waits for each encoder, by name.</summary>
    public IReadOnlyList<EncoderLoad> Loads => [.. _encoders.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Load)];

    /// <summary>The threads that runs take at present, by pipeline; empty where nothing bounds them.</summary>
    internal IReadOnlyList<(string Pipeline, int Threads)> ThreadsInUse => _gate.IsValueCreated && _gate.Value is { } gate ? gate.InUse : [];

    /// <summary>How often a session was closed to make room for another.</summary>
    internal long Evicted => _sessions.Evicted;

    /// <summary>The encoders that memory does not suffice for, by pipeline and modality.</summary>
    public IReadOnlyList<string> Exhausted => [.. _encoders.Where(pair => !pair.Value.IsHealthy).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(ModelFolder folder, Modality modality)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CreateEncoder(folder, folder.Definition.Encoders[modality], modality, NameOf(folder, modality));
    }

    /// <inheritdoc/>
    public IEmbeddingGenerator<Features, Embedding<float>> CreateLabelEncoder(ModelFolder folder, string space)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CreateEncoder(folder, folder.Definition.LabelEncoders[space], Modality.Text, $"{folder.Definition.Name}/labels of {space}");
    }

    private OnnxEncoder CreateEncoder(ModelFolder folder, EncoderDefinition definition, Modality modality, string name)
    {
        var tuning = FindTuning(folder, definition);
        var knee = tuning?.Knee;
        var range = TuningRange.Of(ExecutionProvider);

        // A run alone does not take more than its pipeline may, nor than there is.
        var budget = _options.Pipelines.GetValueOrDefault(folder.Definition.Name, PipelineBudget.Default);
        var threads = Math.Min(_options.IntraOpThreads ?? knee?.Threads ?? 1, Math.Min(budget.Threads ?? int.MaxValue, _options.Threads ?? int.MaxValue));
        var batching = new BatchingOptions
        {
            MaximumBatch = _options.MaximumBatch ?? knee?.Batch ?? range.DefaultBatch,
            ConcurrentRuns = _options.ConcurrentRuns ?? knee?.Runs ?? Math.Max(1, range.DefaultRuns / threads),
            MaximumDelay = _options.MaximumDelay,
            MaximumPaddingShare = _options.MaximumPaddingShare,

            // A device plans anew where sizes change: few sizes change less often.
            PowersOfTwo = ExecutionProvider != ExecutionProvider.Cpu && !_options.FillBatches,
            FillsUp = _options.FillBatches,
            QueueLimit = _options.QueueLimit,
            BulkPatience = _options.BulkPatience,
        };
        var (encoder, load) = Open(folder, definition, modality, name, threads, batching);
        encoder.Setting = new BatchPoint(
            batching.MaximumBatch, batching.ConcurrentRuns, threads, knee?.ItemsPerSecond ?? 0, knee?.RunMilliseconds ?? 0);
        encoder.Expect(tuning?.Points.Where(point => point.Runs == batching.ConcurrentRuns && point.Threads == threads) ?? []);
        encoder.Opening = WarmUp(encoder, name, load);
        Log.EncoderOpened(
            _logger, name, batching.MaximumBatch, batching.ConcurrentRuns, threads, knee is null ? "not measured" : "measured");
        _encoders[name] = encoder;
        return encoder;
    }

    /// <inheritdoc/>
    public ITaskHead CreateHead(ModelFolder folder, string model)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Wrap(Open(folder, model, 1), network => new OnnxTaskHead(network, HeadBatch));
    }

    /// <inheritdoc/>
    public IFusion CreateFusion(ModelFolder folder, string method)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new OnnxFusion(Open(folder, folder.Definition.Fusion.Graphs[method], 1), method, [.. folder.Definition.Encoders.Keys.Order()], HeadBatch);
    }

    /// <summary>What was measured of an encoder on this machine; null where nothing was.</summary>
    public EncoderTuning? FindTuning(ModelFolder folder, Modality modality)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return FindTuning(folder, folder.Definition.Encoders[modality]);
    }

    /// <summary>
    /// Measures an encoder on this machine: batch sizes × runs at once × threads within a run. It takes seconds, and wants the machine for
    /// itself. Encoders that are opened afterwards run so.
    /// </summary>
    /// <exception cref="PipelineException">The model cannot be used.</exception>
    public EncoderTuning Tune(ModelFolder folder, Modality modality, IProgress<BatchPoint>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return _tuner.Value.Measure(HashOf(folder, folder.Definition.Encoders[modality]), threads => OpenBare(folder, modality, threads), progress, cancellationToken);
    }

    /// <summary>Measures an encoder's bare session at one setting: what the engine cannot surpass.</summary>
    /// <param name="folder">The pipeline.</param>
    /// <param name="modality">The encoder.</param>
    /// <param name="setting">Batch, runs at once and threads; its figures do not matter.</param>
    /// <param name="features">What it runs on, again and again.</param>
    /// <param name="duration">For how long, at the least.</param>
    /// <param name="cancellationToken">Ends it between runs.</param>
    /// <exception cref="PipelineException">The model cannot be used.</exception>
    public BatchPoint MeasureBare(
        ModelFolder folder,
        Modality modality,
        BatchPoint setting,
        Features features,
        TimeSpan duration,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(setting);
        using var session = OpenBare(folder, modality, setting.Threads, features);
        return BatchMeter.Measure(session, setting.Batch, setting.Runs, setting.Threads, duration, cancellationToken);
    }

    /// <summary>
    /// Measures two encoders against each other with one thread: their bare sessions take turns, so that what else the machine does meets both.
    /// </summary>
    /// <param name="before">The pipeline of the one.</param>
    /// <param name="after">The pipeline of the other.</param>
    /// <param name="modality">The encoder.</param>
    /// <param name="features">What they run on, again and again.</param>
    /// <param name="batches">The numbers of items in a run.</param>
    /// <param name="rounds">How many turns each has, 1 or more.</param>
    /// <param name="duration">How long a turn takes, at the least.</param>
    /// <param name="cancellationToken">Ends it between runs.</param>
    /// <exception cref="PipelineException">A model cannot be used.</exception>
    public BareComparison CompareBare(
        ModelFolder before,
        ModelFolder after,
        Modality modality,
        Features features,
        IReadOnlyList<int> batches,
        int rounds,
        TimeSpan duration,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        return BareComparer.Compare(
            () => OpenBare(before, modality, 1, features), () => OpenBare(after, modality, 1, features), batches, rounds, duration, cancellationToken);
    }

    /// <summary>Features of noise, of the shapes that an encoder declares.</summary>
    /// <exception cref="PipelineException">The model cannot be used.</exception>
    public Features MakeUp(ModelFolder folder, Modality modality)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var session = OpenBare(folder, modality, 1);
        return new Features(modality, session.Item.Tensors, new InputFacts { MediaType = "application/x-noise" });
    }

    private (OnnxEncoder Encoder, TimeSpan Load) Open(
        ModelFolder folder, EncoderDefinition definition, Modality modality, string name, int threads, BatchingOptions batching)
    {
        using var span = EncoderSpans.StartLoad(name, ExecutionProvider);
        var begun = Stopwatch.GetTimestamp();
        OnnxModel? model = null;
        IRecogniser? recogniser = null;
        try
        {
            model = Open(folder, definition.Model, threads);
            var gateway = _gate.Value?.Open(folder.Definition.Name, threads);
            recogniser = Recognisers.Open(folder, definition.Transcription, model, file => Open(folder, file, threads), batching.ConcurrentRuns, gateway);
            return (new OnnxEncoder(model, modality, definition, name, ExecutionProvider, batching, gateway, recogniser) { MaximumWait = _options.MaximumWait }, Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception failure)
        {
            recogniser?.Dispose();
            model?.Dispose();
            span?.Fail(failure);
            throw;
        }
    }

    private EncoderOpening WarmUp(OnnxEncoder encoder, string name, TimeSpan load)
    {
        SessionTelemetry.NoteLoad(name, ExecutionProvider, load);
        if (!_options.WarmUp)
        {
            return new EncoderOpening(load, null);
        }

        using var span = EncoderSpans.StartWarmUp(name, ExecutionProvider);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            encoder.WarmUp();
        }
        catch (Exception failure)
        {
            span?.Fail(failure);
            encoder.Dispose();
            throw;
        }

        return new EncoderOpening(load, Stopwatch.GetElapsedTime(begun));
    }

    /// <summary>Opens a file that no pipeline vouches for.</summary>
    internal OnnxModel Open(string path) => OnnxModel.Open(OnnxFileReader.Read(path), _sessions, 1);

    internal BareSession OpenBare(ModelFolder folder, Modality modality, int threads, Features? features = null)
    {
        var definition = folder.Definition.Encoders[modality];
        return Wrap(Open(folder, definition.Model, threads), model => new BareSession(model, modality, definition, features));
    }

    // A network that is not what it should be is not left open.
    private static T Wrap<T>(OnnxModel model, Func<OnnxModel, T> wrap)
    {
        try
        {
            return wrap(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    // On a device runs at once are bounded for each encoder; a bound for all is only what somebody asks for.
    private RunGate? CreateGate()
    {
        var isAsked = _options.Pipelines.Values.Any(budget => budget.Threads is not null || budget.Share != PipelineBudget.Default.Share);
        return ExecutionProvider == ExecutionProvider.Cpu || _options.Threads is not null || isAsked
            ? new RunGate(_options.Threads ?? TuningRange.Of(ExecutionProvider).Cores, _options.Pipelines)
            : null;
    }

    private static string NameOf(ModelFolder folder, Modality modality) => $"{folder.Definition.Name}/{modality.ToName()}";

    private static string HashOf(ModelFolder folder, EncoderDefinition definition) => folder.Definition.Files[definition.Model].ToLowerInvariant();

    private EncoderTuning? FindTuning(ModelFolder folder, EncoderDefinition definition) =>
        _options.TuningFolder is null ? null : _tuner.Value.Find(HashOf(folder, definition));

    // ONNX Runtime reads external data by itself, so that it is vouched for here or nowhere.
    private OnnxModel Open(ModelFolder folder, string model, int threads)
    {
        var file = OnnxFileReader.Read(folder.PathOf(model));
        string[] files = [model, .. file.ExternalData.Select(location => ModelFolder.Beside(model, location))];
        foreach (var used in files)
        {
            folder.PathOf(used);
        }

        var identity = string.Join('\n', files.Select(used => $"{folder.Definition.Files[used].ToLowerInvariant()} {Path.GetFileName(used)}"));
        var hashes = files.Distinct(StringComparer.Ordinal).ToDictionary(folder.PathOf, used => folder.Definition.Files[used]);
        var owner = _options.Pipelines.TryGetValue(folder.Definition.Name, out var budget) && budget.MemoryBytes is { } bytes
            ? _memory.GetOrAdd(folder.Definition.Name, name => new PoolShare(name, bytes))
            : null;
        return OnnxModel.Open(folder.IsChecked ? file with { Hashes = hashes } : file, _sessions, threads, identity, owner);
    }
}
