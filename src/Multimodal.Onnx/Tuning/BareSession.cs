using Multimodal.Onnx.Encoders;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Onnx.Tuning;

/// <summary>An encoder's session and nothing else: inputs made once, outputs thrown away. The limit of what the engine can reach.</summary>
internal sealed class BareSession : IMeasuredModel
{
    private readonly OnnxModel _model;
    private readonly FeatureBatcher _batcher;
    private readonly Dictionary<int, FeatureBatch> _batches = [];
    private readonly string[] _output;

    /// <summary>Takes a network over.</summary>
    /// <param name="model">The network.</param>
    /// <param name="modality">Its modality.</param>
    /// <param name="definition">How the pipeline declares it.</param>
    /// <param name="features">What it runs on; null: noise.</param>
    public BareSession(OnnxModel model, Modality modality, EncoderDefinition definition, Features? features)
    {
        _model = model;
        _batcher = new FeatureBatcher(model, modality, definition.Pooling, definition.PadId);
        Item = features is not null ? FeatureItem.Of(0, features).First() : MadeUpItems.Create(_batcher.Main, modality, definition.TypicalLength);
        _output = [definition.Output];
    }

    /// <summary>What it runs on.</summary>
    public FeatureItem Item { get; }

    /// <inheritdoc/>
    public void Run(int batch) => _model.Run(_batcher.Names, BatchOf(batch).Values, _output, batch, (_, _) => 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in _batches.Values)
        {
            batch.Dispose();
        }

        _batcher.Dispose();
        _model.Dispose();
    }

    private FeatureBatch BatchOf(int size)
    {
        lock (_batches)
        {
            return _batches.TryGetValue(size, out var batch)
                ? batch
                : _batches[size] = _batcher.Stack([.. Enumerable.Repeat(Item, size)]);
        }
    }
}
