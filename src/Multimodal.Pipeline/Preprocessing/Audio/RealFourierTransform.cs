namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// The discrete Fourier transform of real samples, length a power of two: a radix-2 transform of half the length over pairs of samples
/// (J. W. Cooley and J. W. Tukey, 1965), then the separation of even and odd. Safe for concurrent use.
/// </summary>
internal sealed class RealFourierTransform
{
    private readonly int _half;
    private readonly int[] _reversed;
    private readonly double[] _cosines;
    private readonly double[] _sines;

    /// <param name="length">4 or more, a power of two.</param>
    public RealFourierTransform(int length)
    {
        if (length < 4 || !int.IsPow2(length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length is a power of two, 4 or more.");
        }

        _half = length / 2;
        _reversed = new int[_half];
        for (var i = 1; i < _half; i++)
        {
            _reversed[i] = (_reversed[i / 2] / 2) + ((i & 1) * (_half / 2));
        }

        // e^(-2πik/length), k below half the length: every twiddle that either stage needs.
        _cosines = new double[_half];
        _sines = new double[_half];
        for (var k = 0; k < _half; k++)
        {
            _cosines[k] = Math.Cos(2 * Math.PI * k / length);
            _sines[k] = -Math.Sin(2 * Math.PI * k / length);
        }
    }

    /// <summary>The number of samples.</summary>
    public int Length => 2 * _half;

    /// <summary>The squared magnitudes of the frequencies from 0 to half the sample rate.</summary>
    /// <param name="samples"><see cref="Length"/> samples.</param>
    /// <param name="power">Receives Length / 2 + 1 values.</param>
    /// <param name="scratch">At least <see cref="Length"/> values; what they hold is lost.</param>
    public void Power(ReadOnlySpan<double> samples, Span<double> power, Span<double> scratch)
    {
        var real = scratch[.._half];
        var imaginary = scratch.Slice(_half, _half);
        for (var i = 0; i < _half; i++)
        {
            real[_reversed[i]] = samples[2 * i];
            imaginary[_reversed[i]] = samples[(2 * i) + 1];
        }

        Transform(real, imaginary);

        power[0] = Square(real[0] + imaginary[0]);
        power[_half] = Square(real[0] - imaginary[0]);
        for (var k = 1; k < _half; k++)
        {
            var mirror = _half - k;
            var evenReal = (real[k] + real[mirror]) / 2;
            var evenImaginary = (imaginary[k] - imaginary[mirror]) / 2;
            var oddReal = (imaginary[k] + imaginary[mirror]) / 2;
            var oddImaginary = (real[mirror] - real[k]) / 2;
            power[k] =
                Square(evenReal + (_cosines[k] * oddReal) - (_sines[k] * oddImaginary)) +
                Square(evenImaginary + (_cosines[k] * oddImaginary) + (_sines[k] * oddReal));
        }
    }

    private void Transform(Span<double> real, Span<double> imaginary)
    {
        for (var span = 1; span < _half; span *= 2)
        {
            var stride = _half / span;
            for (var start = 0; start < _half; start += 2 * span)
            {
                for (var k = 0; k < span; k++)
                {
                    int upper = start + k, lower = upper + span;
                    double cosine = _cosines[k * stride], sine = _sines[k * stride];
                    var productReal = (real[lower] * cosine) - (imaginary[lower] * sine);
                    var productImaginary = (real[lower] * sine) + (imaginary[lower] * cosine);
                    real[lower] = real[upper] - productReal;
                    imaginary[lower] = imaginary[upper] - productImaginary;
                    real[upper] += productReal;
                    imaginary[upper] += productImaginary;
                }
            }
        }
    }

    private static double Square(double x) => x * x;
}
