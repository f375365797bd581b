using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Encoders;

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

    /// <summary>Makes the vectors of all items of a run.</summary>
    /// <param name="values">The output's elements, row-major.</param>
    /// <param name="shape">The output's shape, batch first.</param>
    /// <param name="batch">What was run.</param>
    /// <returns>A vector of the declared dimensions for each item.</returns>
    /// <exception cref="PipelineException">The output is not of the shape that the declared pooling takes.</exception>
    public float[][] Pool(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, FeatureBatch batch)
    {
        if (shape.Length != RankOf(definition.Pooling) || shape[AxisOf(definition.Pooling)] != definition.Dimensions || values.IsEmpty)
        {
            throw new PipelineException(
                $"{path} gave '{definition.Output}' of shape [{string.Join(',', shape.ToArray())}], of which no embedding of " +
                $"{definition.Dimensions} dimensions is made by the declared pooling.");
        }

        var vectors = new float[(int)shape[0]][];
        var size = values.Length / vectors.Length;
        for (var item = 0; item < vectors.Length; item++)
        {
            var mask = batch.MaskOf(item);
            vectors[item] = Pool(values.Slice(item * size, size), mask is null ? default : mask.AsSpan<long>(), batch.Length);
        }

        return vectors;
    }

    private float[] Pool(ReadOnlySpan<float> values, ReadOnlySpan<long> mask, int length)
    {
        var dimensions = definition.Dimensions;
        switch (definition.Pooling)
        {
            case Pooling.None:
                return values.ToArray();
            case Pooling.First:
                return values[..dimensions].ToArray();
            case Pooling.SpatialMean:
                return SpatialMean(values, dimensions);
        }

        var positions = values.Length / dimensions;
        if (mask.IndexOfAnyExcept(0) < 0)
        {
            // Where the mask keeps nothing, there is nothing to tell positions apart by.
            mask = default;
        }
        else if (positions != length)
        {
            // An encoder that makes fewer positions of its input keeps as large a share of them.
            var content = mask.LastIndexOfAnyExcept(0) + 1;
            values = values[..((int)Math.Clamp((((long)content * positions) + length - 1) / length, 1, positions) * dimensions)];
            mask = default;
        }

        return definition.Pooling == Pooling.Last ? Last(values, mask, dimensions) : Mean(values, mask, dimensions);
    }

    private static float[] Last(ReadOnlySpan<float> values, ReadOnlySpan<long> mask, int dimensions) =>
        mask.IsEmpty ? values[^dimensions..].ToArray() : values.Slice(mask.LastIndexOfAnyExcept(0) * dimensions, dimensions).ToArray();

    private static float[] Mean(ReadOnlySpan<float> values, ReadOnlySpan<long> mask, int dimensions)
    {
        var mean = new float[dimensions];
        var kept = 0;
        var positions = mask.IsEmpty ? values.Length / dimensions : Math.Min(values.Length / dimensions, mask.Length);
        for (var position = 0; position < positions; position++)
        {
            if (mask.IsEmpty || mask[position] != 0)
            {
                TensorPrimitives.Add(mean, values.Slice(position * dimensions, dimensions), mean);
                kept++;
            }
        }

        TensorPrimitives.Divide(mean, kept, mean);
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
