using System.Numerics.Tensors;

namespace Multimodal.Onnx.Optimization;

/// <summary>
/// Weights in 8 bits: w ≈ s·q with q = round(w / s) and s = max |w| / range, an s for each channel (Jacob et al., 2018, equation 1 without
/// a zero point; Krishnamoorthi, 2018, for scales by channel).
/// </summary>
internal static class Int8Weights
{
    /// <summary>The range of weights that become floats again.</summary>
    public const int FullRange = 127;

    /// <summary>
    /// The range of weights that are multiplied by bytes of 0 to 255: processors without VNNI add two such products in 16 bits, and
    /// 2·255·64 is the most that fits.
    /// </summary>
    public const int SafeRange = 64;

    private const float MinNormal = 1.17549435e-38f;

    /// <summary>Makes 8 bits of weights.</summary>
    /// <param name="weights">The weights, row-major.</param>
    /// <param name="dims">Their extents.</param>
    /// <param name="isChannel">Of each axis: whether each of its places has a scale of its own.</param>
    /// <param name="range">The greatest magnitude of a q.</param>
    /// <returns>The q, and the scales in the order of the channel axes.</returns>
    public static (sbyte[] Values, float[] Scales) Quantize(ReadOnlySpan<float> weights, IReadOnlyList<long> dims, IReadOnlyList<bool> isChannel, int range)
    {
        var layout = new ChannelLayout(dims, isChannel);
        var scales = new float[layout.Channels];
        foreach (var run in layout.Runs())
        {
            var part = weights.Slice(run.Start, run.Length);
            if (run.IsAcross)
            {
                var own = scales.AsSpan(run.Channel, run.Length);
                TensorPrimitives.MaxMagnitude(own, part, own);
                TensorPrimitives.Abs(own, own);
            }
            else
            {
                scales[run.Channel] = Math.Max(scales[run.Channel], Math.Abs(TensorPrimitives.MaxMagnitude(part)));
            }
        }

        for (var i = 0; i < scales.Length; i++)
        {
            // A channel of zeros, or of what is next to none, has any scale.
            scales[i] = scales[i] / range is >= MinNormal and var scale ? scale : 1;
        }

        var values = new sbyte[weights.Length];
        foreach (var run in layout.Runs())
        {
            for (var i = 0; i < run.Length; i++)
            {
                var q = MathF.Round(weights[run.Start + i] / scales[run.IsAcross ? run.Channel + i : run.Channel]);
                values[run.Start + i] = (sbyte)Math.Clamp(q, -range, range);
            }
        }

        return (values, scales);
    }
}
