using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Onnx;

/// <summary>A task's head: <c>embedding</c> [N,D] to <c>logits</c> [N,labels].</summary>
internal sealed class OnnxTaskHead : ITaskHead
{
    private const string Input = "embedding";
    private const string Output = "logits";
    private readonly OnnxModel _model;
    private readonly int _maximumBatch;

    public OnnxTaskHead(OnnxModel model, int maximumBatch)
    {
        _model = model;
        _maximumBatch = maximumBatch;
        model.RequireInput(Input, TensorElementType.Float);
        model.RequireOutput(Output, TensorElementType.Float);
    }

    public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings) =>
        [.. embeddings.Chunk(_maximumBatch).SelectMany(Run)];

    public void Dispose() => _model.Dispose();

    private float[][] Run(ReadOnlyMemory<float>[] batch)
    {
        var width = batch[0].Length;
        var stacked = new float[batch.Length * width];
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i].CopyTo(stacked.AsMemory(i * width, width));
        }

        using var value = OrtValue.CreateTensorValueFromMemory(stacked, [batch.Length, width]);
        var logits = _model.Run([new KeyValuePair<string, OrtValue>(Input, value)], Output, batch.Length);
        return logits.Shape.Count == 2
            ? [.. Enumerable.Range(0, batch.Length).Select(i => logits.ItemOf(i).ToArray())]
            : throw new PipelineException($"{_model.Path} gave '{Output}' of shape [{string.Join(',', logits.Shape)}]; [N,labels] was expected.");
    }
}
