using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// The resampling filter at a fine grid, between whose points it is interpolated linearly: for ratios with more phases than a bank
/// should hold. With h points a sample the error is at most (π · 0.95 / h)² / 8, some -119 dB.
/// </summary>
internal static class SincTable
{
    private const int PointsPerSample = 1024;

    private static readonly Lazy<float[]> Points = new(() =>
        [.. Enumerable.Range(0, (SincKernel.Reach * PointsPerSample) + 2).Select(i => (float)SincKernel.At((double)i / PointsPerSample))]);

    /// <summary>As <see cref="FilterBank.Fill"/>, from the table.</summary>
    public static void Fill(Span<float> taps, double fraction, ResamplingRatio ratio)
    {
        var points = Points.Value;
        var before = (taps.Length / 2) - 1;
        var scale = Math.Min(1, (double)ratio.Up / ratio.Down);
        var last = SincKernel.Reach * PointsPerSample;
        double sum = 0;
        for (var k = 0; k < taps.Length; k++)
        {
            var at = Math.Min(Math.Abs((k - before - fraction) * scale) * PointsPerSample, last);
            var left = (int)at;
            var tap = points[left] + ((float)(at - left) * (points[left + 1] - points[left]));
            taps[k] = tap;
            sum += tap;
        }

        TensorPrimitives.Divide(taps, (float)sum, taps);
    }
}
