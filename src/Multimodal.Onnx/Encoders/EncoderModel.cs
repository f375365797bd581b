using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Sessions;
using Multimodal.Onnx.Speech;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Encoders;

/// <summary>An encoder's network as batching runs it: items in, a pooled vector for each out.</summary>
internal sealed class EncoderModel : IBatchModel<FeatureItem, EncodedItem>, IDisposable
{
    private readonly OnnxModel _model;
    private readonly FeatureBatcher _batcher;
    private readonly EmbeddingPooler? _pooler;
    private readonly IRecogniser? _recogniser;
    private readonly string[] _outputs;
    private readonly Modality _modality;
    private readonly int? _typicalLength;

    /// <param name="model">The network; it is disposed of with this.</param>
    /// <param name="modality">What it encodes.</param>
    /// <param name="definition">How the pipeline declares it.</param>
    /// <param name="name">Its name, for messages and measures.</param>
    /// <param name="provider">What it runs on.</param>
    /// <param name="recogniser">What reads speech from it; null where nothing does. It belongs to the caller.</param>
    public EncoderModel(OnnxModel model, Modality modality, EncoderDefinition definition, string name, ExecutionProvider provider, IRecogniser? recogniser)
    {
        _model = model;
        (Name, Provider) = (name, provider.ToName());
        (_modality, _typicalLength) = (modality, definition.TypicalLength);
        _batcher = new FeatureBatcher(model, modality, definition.Pooling, definition.PadId);
        _recogniser = recogniser;

        // Where the transcript is what is encoded, the sound has no embedding of its own.
        _pooler = definition.Transcription?.Through is null ? new EmbeddingPooler(model.Path, definition) : null;
        _outputs = [.. new[] { _pooler is null ? null : definition.Output, recogniser?.Output }.OfType<string>().Distinct()];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Provider { get; }

    /// <summary>The most items that the network takes at once.</summary>
    public int MaximumItems => _batcher.MaximumItems;

    /// <summary>An item of noise, of the shapes that the network declares.</summary>
    public FeatureItem MakeUp() => MadeUpItems.Create(_batcher.Main, _modality, _typicalLength);

    /// <inheritdoc/>
    public int LengthOf(FeatureItem item) => _batcher.LengthOf(item);

    /// <inheritdoc/>
    public int KindOf(FeatureItem item) => _batcher.KindOf(item);

    /// <inheritdoc/>
    public int SizeOf(FeatureItem item) => _batcher.SizeOf(item);

    /// <inheritdoc/>
    public TimeSpan OpeningTime => _model.OpeningTime;

    /// <inheritdoc/>
    public void Open() => _model.OpenSession();

    /// <summary>Up to how many items runs are filled up with copies at present; null: they are not.</summary>
    public Func<int>? FillTo { get; set; }

    /// <inheritdoc/>
    public EncodedItem[] Run(IReadOnlyList<FeatureItem> items) => FillTo is { } fillTo && fillTo() is var size && size > items.Count
        ? RunAll([.. items, .. Enumerable.Repeat(items[^1], size - items.Count)])[..items.Count]
        : RunAll(items);

    private EncodedItem[] RunAll(IReadOnlyList<FeatureItem> items)
    {
        if (_model.IsBound)
        {
            return RunBound(items);
        }

        using var batch = _batcher.Stack(items);
        return _model.Run(_batcher.Names, batch.Values, _outputs, items.Count, outputs => Gather(outputs, batch, items));
    }

    // The buffers are the session's, so that it has to stay open from before they are filled until after the outputs are read.
    private EncodedItem[] RunBound(IReadOnlyList<FeatureItem> items)
    {
        using var session = _model.Rent();
        using var binding = ((BoundSession)session.Resource).Rent();
        using var batch = _batcher.Stack(items, binding.Inputs);
        return _model.Run(binding, _batcher.Names, batch.Values, _outputs, items.Count, outputs => Gather(outputs, batch, items));
    }

    private EncodedItem[] Gather(RunOutputs outputs, FeatureBatch batch, IReadOnlyList<FeatureItem> items)
    {
        var vectors = _pooler is { } pooler ? outputs.Read(0, (values, shape) => pooler.Pool(values, shape, batch)) : null;
        var windows = _recogniser is null ? null : outputs.Read(_outputs.Length - 1, (values, shape) => Windows(values, shape, items));
        return [.. items.Select((_, i) => new EncodedItem(vectors?[i] ?? [], windows?[i]))];
    }

    private SpeechWindow[] Windows(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, IReadOnlyList<FeatureItem> items)
    {
        if (shape.Length != 3)
        {
            throw new PipelineException(
                $"{_model.Path} gave '{_recogniser!.Output}' of shape [{string.Join(',', shape.ToArray())}]; a recogniser reads [N,steps,values].");
        }

        var (steps, columns) = ((int)shape[1], (int)shape[2]);
        var windows = new SpeechWindow[items.Count];
        for (var i = 0; i < windows.Length; i++)
        {
            var rows = _recogniser!.StepsOf(_batcher.LengthOf(items[i]), steps);
            windows[i] = new SpeechWindow(values.Slice(i * steps * columns, rows * columns).ToArray(), rows, columns);
        }

        return windows;
    }

    /// <inheritdoc/>
    public bool IsOutOfMemory(Exception failure) => MemoryFaults.Is(failure);

    /// <inheritdoc/>
    public void Recycle() => _model.Recycle();

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _batcher.Dispose();
    }
}
