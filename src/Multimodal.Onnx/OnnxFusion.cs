using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx;

/// <summary>
/// A learned method of fusion: <c>embeddings</c> [N,M,D] and <c>mask</c> [N,M] to <c>fused</c> [N,D] and, where it has shares,
/// <c>weights</c> [N,M]. A modality that the job gives the weight 0 is as absent; other weights are the method's own.
/// </summary>
internal sealed class OnnxFusion : IFusion, IDisposable
{
    private const string Embeddings = "embeddings", Mask = "mask", Fused = "fused", Weights = "weights";
    private static readonly string[] Inputs = [Embeddings, Mask];
    private readonly OnnxModel _model;
    private readonly Modality[] _order;
    private readonly string[] _outputs;
    private readonly int _maximumBatch;

    /// <summary>Fuses by a graph, which it then owns.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="order">The modalities of the graph's second dimension.</param>
    /// <param name="maximumBatch">How many are fused in one run at the most.</param>
    /// <exception cref="PipelineException">The graph's inputs or outputs are others.</exception>
    public OnnxFusion(OnnxModel model, string method, Modality[] order, int maximumBatch)
    {
        Method = method;
        _model = model;
        _order = order;
        _maximumBatch = maximumBatch;
        _outputs = model.Outputs.ContainsKey(Weights) ? [Fused, Weights] : [Fused];
        try
        {
            RequireModalities(Embeddings, model.RequireInput(Embeddings, TensorElementType.Float), 3);
            RequireModalities(Mask, model.RequireInput(Mask, TensorElementType.Float), 2);
            foreach (var output in _outputs)
            {
                model.RequireOutput(output, TensorElementType.Float);
            }
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public string Method { get; }

    public IReadOnlyList<FusedEmbedding> Fuse(IReadOnlyList<FusionInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. inputs.Chunk(_maximumBatch).SelectMany(Run)];
    }

    public void Dispose() => _model.Dispose();

    private IEnumerable<FusedEmbedding> Run(FusionInput[] batch)
    {
        var width = batch[0].Embeddings.Values.First().Length;
        var stacked = new float[batch.Length * _order.Length * width];
        var mask = new float[batch.Length * _order.Length];
        for (var i = 0; i < batch.Length; i++)
        {
            Place(batch[i], width, stacked.AsMemory(i * _order.Length * width), mask.AsSpan(i * _order.Length, _order.Length));
        }

        using var embeddingsValue = OrtValue.CreateTensorValueFromMemory(stacked, [batch.Length, _order.Length, width]);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, [batch.Length, _order.Length]);
        var outputs = _model.Run(
            Inputs, [embeddingsValue, maskValue], _outputs, batch.Length, given => _outputs.Select((_, i) => given.Read(i, Rows)).ToList());
        RequireWidth(Fused, outputs[0][0].Length, width);
        if (outputs.Count > 1)
        {
            RequireWidth(Weights, outputs[1][0].Length, _order.Length);
        }

        return batch.Select((input, i) => new FusedEmbedding(outputs[0][i], outputs.Count > 1 ? SharesOf(input, outputs[1][i]) : null));
    }

    private void Place(FusionInput input, int width, Memory<float> stacked, Span<float> mask)
    {
        var counting = CountingIn(input);
        foreach (var (modality, embedding) in input.Embeddings)
        {
            var place = Array.IndexOf(_order, modality);
            if (place < 0 || embedding.Length != width)
            {
                throw new ArgumentException(
                    place < 0
                        ? $"The pipeline has no encoder for the {modality.ToName()}."
                        : $"The {modality.ToName()} embedding has {embedding.Length} dimensions, the others {width}.",
                    nameof(input));
            }

            if (counting.Contains(modality))
            {
                embedding.CopyTo(stacked.Slice(place * width, width));
                mask[place] = 1;
            }
        }
    }

    // Where every present modality has weight 0, nothing distinguishes them.
    private static ModalitySet CountingIn(FusionInput input)
    {
        var counting = ModalitySet.Of(input.Embeddings.Keys.Where(
            modality => input.Weights is null || !input.Weights.TryGetValue(modality, out var weight) || weight != 0));
        return counting.Count > 0 ? counting : input.Present;
    }

    // Single precision leaves their sum a little off 1.
    private Dictionary<Modality, double> SharesOf(FusionInput input, float[] weights)
    {
        var sum = input.Embeddings.Keys.Sum(modality => (double)weights[Array.IndexOf(_order, modality)]);
        return input.Embeddings.Keys.ToDictionary(modality => modality, modality => weights[Array.IndexOf(_order, modality)] / sum);
    }

    private void RequireModalities(string input, int[] shape, int rank)
    {
        if (shape.Length != rank || (shape[1] >= 0 && shape[1] != _order.Length))
        {
            throw new PipelineException(
                $"The input '{input}' of {_model.Path} has the shape [{string.Join(',', shape)}]; {rank} dimensions were expected, the second {_order.Length} " +
                $"({string.Join(", ", _order.Select(modality => modality.ToName()))}).");
        }
    }

    private void RequireWidth(string output, int found, int expected)
    {
        if (found != expected)
        {
            throw new PipelineException($"{_model.Path} gave '{output}' with {found} numbers an item; {expected} were expected.");
        }
    }

    private float[][] Rows(ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        if (shape.Length != 2)
        {
            throw new PipelineException($"{_model.Path} gave an output of shape [{string.Join(',', shape.ToArray())}]; two dimensions were expected.");
        }

        var rows = new float[(int)shape[0]][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = values.Slice(row * (int)shape[1], (int)shape[1]).ToArray();
        }

        return rows;
    }
}
