using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Encoders;

/// <summary>An encoder's network as batching runs it: items in, a pooled vector for each out.</summary>
internal sealed class EncoderModel : IBatchModel<FeatureItem, float[]>, IDisposable
{
    private readonly OnnxModel _model;
    private readonly FeatureBatcher _batcher;
    private readonly EmbeddingPooler _pooler;
    private readonly string[] _output;
    private readonly Modality _modality;
    private readonly int? _typicalLength;

    public EncoderModel(OnnxModel model, Modality modality, EncoderDefinition definition, string name, ExecutionProvider provider)
    {
        _model = model;
        (Name, Provider) = (name, provider.ToName());
        (_modality, _typicalLength) = (modality, definition.TypicalLength);
        _batcher = new FeatureBatcher(model, modality, definition.Pooling, definition.PadId);
        _pooler = new EmbeddingPooler(model.Path, definition);
        _output = [definition.Output];
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

    /// <summary>Up to how many items runs are filled up with copies at present; null: they are not.</summary>
    public Func<int>? FillTo { get; set; }

    /// <inheritdoc/>
    public float[][] Run(IReadOnlyList<FeatureItem> items) => FillTo is { } fillTo && fillTo() is var size && size > items.Count
        ? RunAll([.. items, .. Enumerable.Repeat(items[^1], size - items.Count)])[..items.Count]
        : RunAll(items);

    private float[][] RunAll(IReadOnlyList<FeatureItem> items)
    {
        using var batch = _batcher.Stack(items);
        return _model.Run(_batcher.Names, batch.Values, _output, items.Count, (values, shape) => _pooler.Pool(values, shape, batch));
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
