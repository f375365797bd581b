using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// The taps of a resampling filter for the phases that an output sample can have between input samples: for every one where they are
/// few, else for so many that interpolating linearly between two of them is exact to some -119 dB.
/// </summary>
internal sealed class FilterBank
{
    /// <summary>Banks with more taps than this, such as those for 44,101 to 8,000 samples a second, are interpolated.</summary>
    private const int MostTaps = 1 << 17;

    // With h points for a sample of the lower rate, linear interpolation errs by at most (π · 0.95 / h)² / 8.
    private const int PointsPerSample = 1024;

    private readonly ResamplingRatio _ratio;
    private readonly float[] _taps;
    private readonly int _length;
    private readonly int _phases;
    private readonly bool _interpolated;

    /// <summary>Computes the taps for a pair of rates.</summary>
    public FilterBank(ResamplingRatio ratio)
    {
        var scale = Math.Min(1, (double)ratio.Up / ratio.Down);
        var half = (int)Math.Ceiling(SincKernel.Reach / scale) + 1;
        _ratio = ratio;
        _length = 2 * half;
        _interpolated = (long)ratio.Up * _length > MostTaps;
        _phases = _interpolated ? (int)Math.Ceiling(PointsPerSample * scale) : ratio.Up;

        // Interpolation needs the phase after the last, too.
        _taps = new float[(_phases + (_interpolated ? 1 : 0)) * _length];
        for (var phase = 0; phase * _length < _taps.Length; phase++)
        {
            Fill(Taps(phase), half - 1 + ((double)phase / _phases), scale);
        }
    }

    /// <summary>Input samples that an output sample takes from before its position, and from behind it.</summary>
    public int Reach => _length / 2;

    /// <summary>One output sample.</summary>
    /// <param name="samples">The input; before and after it there is silence.</param>
    /// <param name="position">The input sample at or before the output sample.</param>
    /// <param name="phase">The output sample's distance from it, in input samples times <see cref="ResamplingRatio.Up"/>.</param>
    public float Filter(ReadOnlySpan<float> samples, int position, int phase)
    {
        var first = position - (_length / 2) + 1;
        if (!_interpolated)
        {
            return Convolve(samples, first, Taps(phase));
        }

        var at = (double)phase * _phases / _ratio.Up;
        var below = (int)at;
        var low = Convolve(samples, first, Taps(below));
        return low + ((float)(at - below) * (Convolve(samples, first, Taps(below + 1)) - low));
    }

    private Span<float> Taps(int phase) => _taps.AsSpan(phase * _length, _length);

    private static void Fill(Span<float> taps, double centre, double scale)
    {
        double sum = 0;
        for (var k = 0; k < taps.Length; k++)
        {
            var tap = SincKernel.At((k - centre) * scale);
            taps[k] = (float)tap;
            sum += tap;
        }

        // Each phase passes a constant unchanged; else the phases' differing sums would be heard as a tone.
        TensorPrimitives.Divide(taps, (float)sum, taps);
    }

    private static float Convolve(ReadOnlySpan<float> samples, int first, ReadOnlySpan<float> taps)
    {
        if (first < 0)
        {
            taps = taps[Math.Min(-first, taps.Length)..];
            first = 0;
        }

        var length = Math.Min(taps.Length, samples.Length - first);
        return length <= 0 ? 0 : TensorPrimitives.Dot(samples.Slice(first, length), taps[..length]);
    }
}
