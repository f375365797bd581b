using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Onnx;

/// <summary>A task's head: <c>embedding</c> [N,D] to <c>logits</c> [N,labels].</summary>
internal sealed class OnnxTaskHead : ITaskHead
{
    private const string Input = "embedding";
    private const string Output = "logits";
    private static readonly string[] Inputs = [Input], Outputs = [Output];
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
        return _model.Run(Inputs, [value], Outputs, batch.Length, Rows);
    }

    private float[][] Rows(ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        if (shape.Length != 2)
        {
            throw new PipelineException($"{_model.Path} gave '{Output}' of shape [{string.Join(',', shape.ToArray())}]; [N,labels] was expected.");
        }

        var rows = new float[(int)shape[0]][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = values.Slice(row * (int)shape[1], (int)shape[1]).ToArray();
        }

        return rows;
    }
}
