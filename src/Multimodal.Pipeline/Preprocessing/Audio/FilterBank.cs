using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>The taps of a resampling filter for every phase that an output sample can have between input samples.</summary>
internal sealed class FilterBank
{
    private readonly float[] _taps;
    private readonly int _length;
    private readonly int _before;

    private FilterBank(float[] taps, int length, int before)
    {
        _taps = taps;
        _length = length;
        _before = before;
    }

    /// <summary>The taps of one phase, in input samples.</summary>
    public static int TapsOf(ResamplingRatio ratio) => 2 * HalfLength(ratio);

    /// <summary>Computes the bank: <c>Up</c> phases of <see cref="TapsOf"/> taps.</summary>
    public static FilterBank Create(ResamplingRatio ratio)
    {
        var half = HalfLength(ratio);
        var taps = new float[checked(ratio.Up * 2 * half)];
        for (var phase = 0; phase < ratio.Up; phase++)
        {
            Fill(taps.AsSpan(phase * 2 * half, 2 * half), (double)phase / ratio.Up, ratio);
        }

        return new FilterBank(taps, 2 * half, half - 1);
    }

    /// <summary>The taps at a position between two input samples.</summary>
    /// <param name="taps">Receives <see cref="TapsOf"/> taps; the first belongs to the input sample half the length less one earlier.</param>
    /// <param name="fraction">The position after the input sample, 0 to 1.</param>
    /// <param name="ratio">The rates.</param>
    public static void Fill(Span<float> taps, double fraction, ResamplingRatio ratio)
    {
        var before = (taps.Length / 2) - 1;
        var scale = Math.Min(1, (double)ratio.Up / ratio.Down);
        double sum = 0;
        for (var k = 0; k < taps.Length; k++)
        {
            var tap = SincKernel.At((k - before - fraction) * scale);
            taps[k] = (float)tap;
            sum += tap;
        }

        // Each phase passes a constant unchanged; else the phases' differing sums would be heard as a tone.
        TensorPrimitives.Divide(taps, (float)sum, taps);
    }

    /// <summary>One output sample.</summary>
    /// <param name="samples">The input; before and after it there is silence.</param>
    /// <param name="position">The input sample at or before the output sample.</param>
    /// <param name="phase">The output sample's phase after it, in units of 1/Up.</param>
    public float Filter(ReadOnlySpan<float> samples, int position, int phase) =>
        Convolve(samples, position - _before, _taps.AsSpan(phase * _length, _length));

    /// <summary>The sum of products of taps with the samples from <paramref name="first"/> on, where there are any.</summary>
    public static float Convolve(ReadOnlySpan<float> samples, int first, ReadOnlySpan<float> taps)
    {
        if (first < 0)
        {
            taps = taps[Math.Min(-first, taps.Length)..];
            first = 0;
        }

        var length = Math.Min(taps.Length, samples.Length - first);
        return length <= 0 ? 0 : TensorPrimitives.Dot(samples.Slice(first, length), taps[..length]);
    }

    private static int HalfLength(ResamplingRatio ratio) =>
        (int)Math.Ceiling(SincKernel.Reach * Math.Max(1, (double)ratio.Down / ratio.Up)) + 1;
}
