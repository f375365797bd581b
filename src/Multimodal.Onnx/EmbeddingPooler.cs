using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx;

/// <summary>Makes one vector of each item of an encoder's output.</summary>
internal sealed class EmbeddingPooler(string path, EncoderDefinition definition)
{
    /// <summary>The number of axes that the output has, the batch among them.</summary>
    public static int RankOf(Pooling pooling) => pooling switch
    {
        Pooling.None => 2,
        Pooling.SpatialMean => 4,
        _ => 3,
    };

    /// <summary>The axis of the output that holds the embedding.</summary>
    public static int AxisOf(Pooling pooling) => pooling == Pooling.SpatialMean ? 1 : RankOf(pooling) - 1;

    /// <summary>The vector of one item, of the declared dimensions.</summary>
    /// <exception cref="PipelineException">The output is not of the shape that the declared pooling takes.</exception>
    public float[] Pool(ModelOutput output, int item, ReadOnlyMemory<long>? mask, int length)
    {
        var (pooling, dimensions, shape) = (definition.Pooling, definition.Dimensions, output.Shape);
        if (shape.Count != RankOf(pooling) || shape[AxisOf(pooling)] != dimensions || output.Values.Length == 0)
        {
            throw new PipelineException(
                $"{path} gave '{definition.Output}' of shape [{string.Join(',', shape)}], of which no embedding of {dimensions} dimensions is made by the declared pooling.");
        }

        var values = output.ItemOf(item);
        return pooling switch
        {
            Pooling.None => values.ToArray(),
            Pooling.First => values[..dimensions].ToArray(),
            Pooling.Last => values.Slice(Kept(mask, length, shape[1])[^1] * dimensions, dimensions).ToArray(),
            Pooling.Mean => Mean(values, Kept(mask, length, shape[1]), dimensions),
            _ => SpatialMean(values, dimensions),
        };
    }

    // Never empty: where the mask keeps nothing, there is nothing to tell positions apart by.
    private static List<int> Kept(ReadOnlyMemory<long>? mask, int length, int positions)
    {
        if (mask is not { Span: var kept } || !kept.ContainsAnyExcept(0))
        {
            return [.. Enumerable.Range(0, positions)];
        }

        if (positions == length)
        {
            var indices = new List<int>(positions);
            for (var i = 0; i < Math.Min(positions, kept.Length); i++)
            {
                if (kept[i] != 0)
                {
                    indices.Add(i);
                }
            }

            return indices;
        }

        // An encoder that makes fewer positions of its input keeps as large a share of them.
        var content = kept.LastIndexOfAnyExcept(0) + 1;
        return [.. Enumerable.Range(0, (int)Math.Clamp(((long)content * positions + length - 1) / length, 1, positions))];
    }

    private static float[] Mean(ReadOnlySpan<float> values, List<int> positions, int dimensions)
    {
        var mean = new float[dimensions];
        foreach (var position in positions)
        {
            TensorPrimitives.Add(mean, values.Slice(position * dimensions, dimensions), mean);
        }

        TensorPrimitives.Divide(mean, positions.Count, mean);
        return mean;
    }

    private static float[] SpatialMean(ReadOnlySpan<float> values, int dimensions)
    {
        var mean = new float[dimensions];
        var plane = values.Length / dimensions;
        for (var d = 0; d < dimensions; d++)
        {
            mean[d] = TensorPrimitives.Sum(values.Slice(d * plane, plane)) / plane;
        }

        return mean;
    }
}
