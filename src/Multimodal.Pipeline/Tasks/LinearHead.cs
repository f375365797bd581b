using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Tasks;

/// <summary>A linear head: logits are W e + b. Its file is in safetensors: <c>weight</c> [labels,D] and <c>bias</c> [labels], float32.</summary>
public sealed class LinearHead : ITaskHead
{
    /// <summary>The ending of such files.</summary>
    public const string Ending = ".safetensors";

    private const string Weight = "weight", Bias = "bias";

    private readonly string _path;
    private readonly float[][] _weights;
    private readonly float[] _biases;

    private LinearHead(string path, float[][] weights, float[] biases)
    {
        _path = path;
        _weights = weights;
        _biases = biases;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="PipelineException">The file is malformed, or does not hold what it should.</exception>
    public static LinearHead Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var file = Safetensors.Read(File.ReadAllBytes(path));
            return file.Tensors.TryGetValue(Weight, out var weight) && file.Tensors.TryGetValue(Bias, out var bias)
                && weight is { Type: TensorType.Float32, Shape: [> 0 and var labels, > 0 and var dimensions] } && bias is { Type: TensorType.Float32, Shape: [var biases] } && biases == labels
                    ? new LinearHead(path, [.. Enumerable.Range(0, labels).Select(label => weight.AsSpan<float>().Slice(label * dimensions, dimensions).ToArray())], bias.AsSpan<float>().ToArray())
                    : throw new PipelineException($"{path} is no linear head: it must hold '{Weight}' [labels,D] and '{Bias}' [labels], both float32.");
        }
        catch (InvalidDataException e)
        {
            throw new PipelineException($"{path} is no linear head: {e.Message}", e);
        }
    }

    /// <summary>A head's file.</summary>
    /// <param name="weights">A row for each label, all of one length.</param>
    /// <param name="biases">One for each label.</param>
    public static byte[] Write(IReadOnlyList<float[]> weights, ReadOnlySpan<float> biases)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Safetensors.Write(new Dictionary<string, HostTensor>
        {
            [Weight] = HostTensor.Create<float>(weights.SelectMany(row => row).ToArray(), weights.Count, weights[0].Length),
            [Bias] = HostTensor.Create(biases, biases.Length),
        });
    }

    /// <inheritdoc/>
    public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return [.. embeddings.Select(Evaluate)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private float[] Evaluate(ReadOnlyMemory<float> embedding) => embedding.Length == _weights[0].Length
        ? [.. _weights.Select((row, label) => TensorPrimitives.Dot(row, embedding.Span) + _biases[label])]
        : throw new PipelineException($"The head {_path} takes embeddings of {_weights[0].Length} dimensions, not of {embedding.Length}.");
}
