namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Which input pixels make each output pixel along one axis, and with what fixed-point weights.</summary>
internal sealed class ResamplingCoefficients
{
    /// <summary>Fractional bits of a weight: 32, less 8 for the sample and 2 for sums that overshoot.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights;
    private readonly int _stride;

    private ResamplingCoefficients(int[] first, int[] count, int[] weights, int stride)
    {
        _first = first;
        _count = count;
        _weights = weights;
        _stride = stride;
    }

    /// <summary>The first input pixel of an output pixel.</summary>
    public int First(int output) => _first[output];

    /// <summary>The weights of the input pixels from <see cref="First"/> on.</summary>
    public ReadOnlySpan<int> Weights(int output) => _weights.AsSpan(output * _stride, _count[output]);

    /// <summary>The input pixel after the last that any output pixel needs.</summary>
    public int End => _first[^1] + _count[^1];

    /// <summary>
    /// Computes the weights. When reducing, the kernel is stretched over the input pixels that an output pixel covers, which is what
    /// keeps the result free of aliasing.
    /// </summary>
    public static ResamplingCoefficients Create(int input, int output, ResamplingFilter filter)
    {
        var scale = (double)input / output;
        var stretch = Math.Max(scale, 1);
        var support = ResamplingKernel.Radius(filter) * stretch;
        var stride = checked(((int)Math.Ceiling(support) * 2) + 1);
        var first = new int[output];
        var count = new int[output];
        var weights = new int[checked(output * stride)];
        var exact = new double[stride];
        for (var i = 0; i < output; i++)
        {
            var centre = (i + 0.5) * scale;
            first[i] = Math.Max((int)(centre - support + 0.5), 0);
            count[i] = Math.Min((int)(centre + support + 0.5), input) - first[i];
            Fill(exact.AsSpan(0, count[i]), first[i] - centre + 0.5, 1 / stretch, filter);
            for (var k = 0; k < count[i]; k++)
            {
                weights[(i * stride) + k] = Round(exact[k]);
            }
        }

        return new ResamplingCoefficients(first, count, weights, stride);
    }

    private static void Fill(Span<double> exact, double start, double step, ResamplingFilter filter)
    {
        var sum = 0.0;
        for (var k = 0; k < exact.Length; k++)
        {
            exact[k] = ResamplingKernel.At(filter, (k + start) * step);
            sum += exact[k];
        }

        if (sum != 0)
        {
            for (var k = 0; k < exact.Length; k++)
            {
                exact[k] /= sum;
            }
        }
    }

    private static int Round(double weight) => (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << PrecisionBits)));
}
