using Multimodal.Onnx;
using Multimodal.Onnx.Encoders;
using Multimodal.Onnx.Sessions;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Benchmarks.Engine;

/// <summary>A session and nothing else: inputs made once, outputs thrown away.</summary>
internal sealed class BareSession : IMeasuredModel
{
    private readonly OnnxModel _model;
    private readonly FeatureBatcher _batcher;
    private readonly Dictionary<int, FeatureBatch> _batches = [];
    private readonly FeatureItem _item;
    private readonly string[] _output;

    public BareSession(ModelFolder folder, Modality modality, int threads)
    {
        var definition = folder.Definition.Encoders[modality];
        var sessions = new SessionOpener(new OnnxOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        _model = OnnxModel.Open(folder.PathOf(definition.Model), sessions, threads);
        _batcher = new FeatureBatcher(_model, modality, definition.Pooling, definition.PadId);
        _item = MadeUpItems.Create(_batcher.Main, modality, definition.TypicalLength);
        _output = [definition.Output];
    }

    /// <summary>What it runs on.</summary>
    public FeatureItem Item => _item;

    public void Run(int batch) => _model.Run(_batcher.Names, BatchOf(batch).Values, _output, batch, (_, _) => 0);

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
                : _batches[size] = _batcher.Stack([.. Enumerable.Repeat(_item, size)]);
        }
    }
}
