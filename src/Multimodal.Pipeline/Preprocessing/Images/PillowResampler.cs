using System.Buffers;
using System.Numerics;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Resizes 8-bit pictures with the arithmetic of Pillow's <c>Image.resize</c> (src/libImaging/Resample.c): weights normalised in
/// double precision, rounded to 22 fractional bits, the horizontal pass before the vertical one, and a rounding to 8 bits after each.
/// Encoders are trained on pictures that went through Pillow; equal bytes here keep training and serving alike.
/// </summary>
public static class PillowResampler
{
    private const int Half = 1 << (ResamplingCoefficients.PrecisionBits - 1);

    /// <summary>Resizes the whole picture; every channel by itself, alpha included.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="width">The new width in pixels, 1 or more.</param>
    /// <param name="height">The new height in pixels, 1 or more.</param>
    /// <param name="filter">The kernel.</param>
    /// <returns>A picture of that size; <paramref name="source"/> itself where it has the size already.</returns>
    public static PixelBuffer Resize(PixelBuffer source, int width, int height, ResamplingFilter filter)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (source.Width == width && source.Height == height)
        {
            return source;
        }

        if (source.Height == height)
        {
            var horizontalOnly = new byte[checked(width * height * source.Channels)];
            Horizontal(source, ResamplingCoefficients.Create(source.Width, width, filter), 0, height, width, horizontalOnly);
            return new PixelBuffer(width, height, source.Channels, horizontalOnly);
        }

        var rows = ResamplingCoefficients.Create(source.Height, height, filter);
        var resized = new byte[checked(width * height * source.Channels)];
        if (source.Width == width)
        {
            Vertical(source.Pixels, 0, rows, width * source.Channels, resized);
            return new PixelBuffer(width, height, source.Channels, resized);
        }

        // Only the rows that the vertical pass reads are resized horizontally.
        var first = rows.First(0);
        var length = checked((rows.End - first) * width * source.Channels);
        var scratch = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Horizontal(
                source, ResamplingCoefficients.Create(source.Width, width, filter), first, rows.End - first, width, scratch.AsSpan(0, length));
            Vertical(scratch, first, rows, width * source.Channels, resized);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }

        return new PixelBuffer(width, height, source.Channels, resized);
    }

    private static void Horizontal(
        PixelBuffer source, ResamplingCoefficients columns, int firstRow, int rowCount, int width, Span<byte> output)
    {
        var channels = source.Channels;
        for (var y = 0; y < rowCount; y++)
        {
            var row = source.Pixels.AsSpan((firstRow + y) * source.Width * channels, source.Width * channels);
            var target = output.Slice(y * width * channels, width * channels);
            for (var x = 0; x < width; x++)
            {
                var weights = columns.Weights(x);
                var covered = row.Slice(columns.First(x) * channels, weights.Length * channels);
                if (channels == 1)
                {
                    target[x] = Clip(Half + Dot(covered, weights));
                    continue;
                }

                for (var c = 0; c < channels; c++)
                {
                    target[(x * channels) + c] = Clip(Half + Dot(covered, weights, channels, c));
                }
            }
        }
    }

    private static void Vertical(ReadOnlySpan<byte> input, int firstRow, ResamplingCoefficients rows, int rowLength, Span<byte> output)
    {
        var height = output.Length / rowLength;
        var rented = ArrayPool<int>.Shared.Rent(rowLength);
        var sums = rented.AsSpan(0, rowLength);
        for (var y = 0; y < height; y++)
        {
            sums.Fill(Half);
            var weights = rows.Weights(y);
            for (var k = 0; k < weights.Length; k++)
            {
                AddScaled(sums, input.Slice((rows.First(y) - firstRow + k) * rowLength, rowLength), weights[k]);
            }

            var target = output.Slice(y * rowLength, rowLength);
            for (var x = 0; x < rowLength; x++)
            {
                target[x] = Clip(sums[x]);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private static int Dot(ReadOnlySpan<byte> samples, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        var at = 0;
        if (Vector.IsHardwareAccelerated && weights.Length >= Vector<byte>.Count)
        {
            // Integer sums do not depend on their order, so lanes give the same bits as one accumulator.
            var lanes = Vector<int>.Zero;
            for (; at <= weights.Length - Vector<byte>.Count; at += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(samples[at..]), out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                var four = weights[at..];
                lanes += Vector.AsVectorInt32(first) * new Vector<int>(four);
                lanes += Vector.AsVectorInt32(second) * new Vector<int>(four[Vector<int>.Count..]);
                lanes += Vector.AsVectorInt32(third) * new Vector<int>(four[(2 * Vector<int>.Count)..]);
                lanes += Vector.AsVectorInt32(fourth) * new Vector<int>(four[(3 * Vector<int>.Count)..]);
            }

            sum = Vector.Sum(lanes);
        }

        for (; at < weights.Length; at++)
        {
            sum += samples[at] * weights[at];
        }

        return sum;
    }

    private static int Dot(ReadOnlySpan<byte> samples, ReadOnlySpan<int> weights, int step, int offset)
    {
        var sum = 0;
        for (var k = 0; k < weights.Length; k++)
        {
            sum += samples[(k * step) + offset] * weights[k];
        }

        return sum;
    }

    private static void AddScaled(Span<int> sums, ReadOnlySpan<byte> samples, int weight)
    {
        var at = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; at <= samples.Length - Vector<byte>.Count; at += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(samples[at..]), out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                Accumulate(sums[at..], first, weight);
                Accumulate(sums[(at + Vector<int>.Count)..], second, weight);
                Accumulate(sums[(at + (2 * Vector<int>.Count))..], third, weight);
                Accumulate(sums[(at + (3 * Vector<int>.Count))..], fourth, weight);
            }
        }

        for (; at < samples.Length; at++)
        {
            sums[at] += samples[at] * weight;
        }
    }

    private static void Accumulate(Span<int> sums, Vector<uint> samples, int weight) =>
        (new Vector<int>(sums) + (Vector.AsVectorInt32(samples) * weight)).CopyTo(sums);

    // An arithmetic shift: it rounds towards negative infinity, as Pillow's does.
    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResamplingCoefficients.PrecisionBits, 0, 255);
}
