using CsCheck;
using Multimodal.Onnx.Optimization;

namespace Multimodal.Onnx.Tests.Optimization;

/// <summary>Weights in 8 bits against the formula, written down by place: w ≈ s·q, s = max |w| / range of each channel.</summary>
public sealed class Int8WeightsTests
{
    private static readonly Gen<(int[] Dims, bool[] Channels)> Shapes = Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Bool.Array[4], (dims, channels) => (dims, channels[..dims.Length]));

    [Fact]
    public void Quantize_AnyShapeAndAxes_FollowsTheFormula() =>
        Gen.Select(Shapes, Gen.Int, Gen.Bool.Select(isFull => isFull ? Int8Weights.FullRange : Int8Weights.SafeRange)).Sample((shape, seed, range) =>
        {
            long[] dims = [.. shape.Dims.Select(extent => (long)extent)];
            var random = new Random(seed);
            float[] weights = [.. Enumerable.Range(0, shape.Dims.Aggregate(1, (product, extent) => product * extent)).Select(_ => (float)((random.NextDouble() - 0.5) * 8))];

            var (values, scales) = Int8Weights.Quantize(weights, dims, shape.Channels, range);

            var channels = Enumerable.Range(0, weights.Length).Select(place => ChannelOf(place, shape.Dims, shape.Channels)).ToList();
            for (var channel = 0; channel < scales.Length; channel++)
            {
                var most = channels.Index().Where(pair => pair.Item == channel).Max(pair => Math.Abs(weights[pair.Index]));
                Assert.Equal(most / range, scales[channel], 1e-6f);
            }

            for (var place = 0; place < weights.Length; place++)
            {
                Assert.InRange(Math.Abs((int)values[place]), 0, range);
                Assert.InRange(weights[place] - (values[place] * scales[channels[place]]), -0.5001f * scales[channels[place]], 0.5001f * scales[channels[place]]);
            }
        });

    [Fact]
    public void Quantize_ChannelOfZeros_StaysZeros()
    {
        var (values, scales) = Int8Weights.Quantize([0, 0, 1, -2], [2, 2], [true, false], 127);

        Assert.Equal([0, 0, 64, -127], values.Select(value => (int)value));
        Assert.Equal([1, 2f / 127], scales);
    }

    // The places along the axes that count, as digits of a number.
    private static int ChannelOf(int place, int[] dims, bool[] isChannel)
    {
        var (channel, weight) = (0, 1);
        for (var axis = dims.Length - 1; axis >= 0; axis--)
        {
            if (isChannel[axis])
            {
                channel += place % dims[axis] * weight;
                weight *= dims[axis];
            }

            place /= dims[axis];
        }

        return channel;
    }
}
