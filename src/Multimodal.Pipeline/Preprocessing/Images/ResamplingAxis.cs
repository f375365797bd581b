using System.Buffers;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Which input pixels make each output pixel along one axis, and with what fixed-point weights, as Pillow's
/// <c>src/libImaging/Resample.c</c> computes them. Only the outputs that are kept are held, in the order of the stored pixels.
/// </summary>
internal sealed class ResamplingAxis : IDisposable
{
    /// <summary>Fractional bits of a weight: 32, less 8 for the sample and 2 for sums that overshoot.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights;

    private ResamplingAxis(int outputs, int stride)
    {
        Count = outputs;
        Taps = stride;
        _first = ArrayPool<int>.Shared.Rent(outputs);
        _count = ArrayPool<int>.Shared.Rent(outputs);
        _weights = ArrayPool<int>.Shared.Rent(checked(outputs * stride));
    }

    /// <summary>The number of outputs.</summary>
    public int Count { get; }

    /// <summary>The most inputs that one output needs, or a few more.</summary>
    public int Taps { get; }

    /// <summary>The first input pixel that any output needs.</summary>
    public int Start => _first[0];

    /// <summary>The input pixel after the last that any output needs.</summary>
    public int End => _first[Count - 1] + _count[Count - 1];

    /// <summary>The first input pixel of an output pixel; it never falls from one output to the next.</summary>
    public int First(int output) => _first[output];

    /// <summary>The weights of the input pixels from <see cref="First"/> on.</summary>
    public ReadOnlySpan<int> Weights(int output) => _weights.AsSpan(output * Taps, _count[output]);

    /// <summary>
    /// Computes the weights. When reducing, the kernel is stretched over the input pixels that an output pixel covers, which is what
    /// keeps the result free of aliasing.
    /// </summary>
    /// <param name="input">How many input pixels there are.</param>
    /// <param name="extent">What the outputs span, in input pixels: <paramref name="input"/>, or a fraction more where the last is not whole.</param>
    /// <param name="output">How many outputs span it.</param>
    /// <param name="kept">Which of them are kept.</param>
    /// <param name="mirrored">Whether the picture is stored the other way round along this axis.</param>
    /// <param name="filter">The kernel.</param>
    public static ResamplingAxis Create(int input, double extent, int output, Range kept, bool mirrored, ResamplingFilter filter)
    {
        var (from, count) = kept.GetOffsetAndLength(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(kept));
        return filter == ResamplingFilter.Nearest
            ? CreateNearest(input, extent, output, from, count, mirrored)
            : CreateKernel(input, extent, output, from, count, mirrored, filter);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_first);
        ArrayPool<int>.Shared.Return(_count);
        ArrayPool<int>.Shared.Return(_weights);
    }

    private static ResamplingAxis CreateKernel(
        int input, double extent, int output, int from, int count, bool mirrored, ResamplingFilter filter)
    {
        var scale = extent / output;
        var stretch = Math.Max(scale, 1);
        var support = ResamplingKernel.Radius(filter) * stretch;
        var axis = new ResamplingAxis(count, checked(((int)Math.Ceiling(support) * 2) + 1));
        var exact = ArrayPool<double>.Shared.Rent(axis.Taps);

        // Seen from the other side, a last pixel that is not whole lies before the first.
        var origin = mirrored ? input - extent : 0;
        for (var i = 0; i < count; i++)
        {
            var centre = origin + ((from + i + 0.5) * scale);
            var first = Math.Clamp((int)(centre - support + 0.5), 0, input - 1);
            var end = Math.Clamp((int)(centre + support + 0.5), first + 1, input);
            var weights = exact.AsSpan(0, end - first);
            Fill(weights, first, centre, 1 / stretch, filter);
            axis.Set(i, input, first, weights, mirrored);
        }

        ArrayPool<double>.Shared.Return(exact);
        return axis;
    }

    private static ResamplingAxis CreateNearest(int input, double extent, int output, int from, int count, bool mirrored)
    {
        var axis = new ResamplingAxis(count, 1);
        var scale = extent / output;

        // Added up one by one, as the reference does: a product would round differently.
        var position = scale * 0.5;
        ReadOnlySpan<double> whole = [1.0];
        for (var i = 0; i < from + count; i++, position += scale)
        {
            if (i >= from)
            {
                axis.Set(i - from, input, Math.Min((int)position, input - 1), whole, mirrored);
            }
        }

        return axis;
    }

    private void Set(int output, int input, int first, ReadOnlySpan<double> exact, bool mirrored)
    {
        var at = mirrored ? Count - 1 - output : output;
        _first[at] = mirrored ? input - first - exact.Length : first;
        _count[at] = exact.Length;
        var weights = _weights.AsSpan(at * Taps, exact.Length);
        for (var k = 0; k < exact.Length; k++)
        {
            weights[mirrored ? exact.Length - 1 - k : k] = Round(exact[k]);
        }
    }

    private static void Fill(Span<double> exact, int first, double centre, double step, ResamplingFilter filter)
    {
        var sum = 0.0;
        for (var k = 0; k < exact.Length; k++)
        {
            exact[k] = ResamplingKernel.At(filter, (k + first - centre + 0.5) * step);
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
