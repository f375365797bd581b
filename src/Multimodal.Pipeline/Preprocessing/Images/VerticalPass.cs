using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Resamples along the columns: an output row is the weighted sum of rows. Rows are taken in steps of <see cref="Step"/> bytes, so source
/// and target rows must be followed by that much of their buffers.
/// </summary>
internal sealed class VerticalPass : IDisposable
{
    /// <summary>Bytes at a time.</summary>
    public const int Step = 32;

    private readonly ResamplingAxis _axis;
    private readonly bool _vectorised;
    private readonly int _pairs;
    private readonly int[] _upper = [];
    private readonly int[] _lower = [];
    private readonly int[] _sums = [];

    /// <summary>Prepares the weights.</summary>
    /// <param name="axis">The rows.</param>
    /// <param name="length">The most bytes of a row that are resampled.</param>
    /// <param name="vectorised">Whether vectors may be used; the results are the same.</param>
    public VerticalPass(ResamplingAxis axis, int length, bool vectorised)
    {
        _axis = axis;
        _vectorised = vectorised && Avx2.IsSupported;
        if (!_vectorised)
        {
            _sums = ArrayPool<int>.Shared.Rent(length);
            return;
        }

        _pairs = (axis.Taps + 1) / 2;
        _upper = ArrayPool<int>.Shared.Rent(axis.Count * _pairs);
        _lower = ArrayPool<int>.Shared.Rent(axis.Count * _pairs);
        for (var y = 0; y < axis.Count; y++)
        {
            var weights = axis.Weights(y);
            for (var pair = 0; pair < _pairs; pair++)
            {
                var first = 2 * pair < weights.Length ? weights[2 * pair] : 0;
                var second = (2 * pair) + 1 < weights.Length ? weights[(2 * pair) + 1] : 0;
                _upper[(y * _pairs) + pair] = Join(FixedPoint.Upper(first), FixedPoint.Upper(second));
                _lower[(y * _pairs) + pair] = Join(FixedPoint.Lower(first), FixedPoint.Lower(second));
            }
        }
    }

    /// <summary>Makes one output row.</summary>
    /// <param name="output">Which.</param>
    /// <param name="source">Holds the source rows.</param>
    /// <param name="sourceRows">Where the rows that it needs begin, in order.</param>
    /// <param name="from">The first byte of each row that is wanted.</param>
    /// <param name="to">The byte after the last.</param>
    /// <param name="target">The row; bytes <paramref name="from"/> to <paramref name="to"/> of it are set.</param>
    public void Run(int output, ReadOnlySpan<byte> source, ReadOnlySpan<int> sourceRows, int from, int to, Span<byte> target)
    {
        if (!_vectorised)
        {
            RunPortable(_axis.Weights(output), source, sourceRows, from, to, target);
            return;
        }

        // The vectors below are not checked against the spans; the farthest of their accesses is.
        var last = 0;
        foreach (var row in sourceRows)
        {
            last = Math.Max(last, row);
        }

        var reach = from + ((to - from + Step - 1) / Step * Step);
        _ = source.Slice(last, reach);
        _ = target[..reach];

        ref var rows = ref MemoryMarshal.GetReference(source);
        ref var result = ref MemoryMarshal.GetReference(target);
        var upper = _upper.AsSpan(output * _pairs, (sourceRows.Length + 1) / 2);
        var lower = _lower.AsSpan(output * _pairs, upper.Length);
        var half = Vector256.Create(FixedPoint.Half);
        for (var x = from; x < to; x += Step)
        {
            var upper0 = Vector256<int>.Zero;
            var upper1 = Vector256<int>.Zero;
            var upper2 = Vector256<int>.Zero;
            var upper3 = Vector256<int>.Zero;
            var (lower0, lower1, lower2, lower3) = (half, half, half, half);
            for (var pair = 0; pair < upper.Length; pair++)
            {
                var first = Vector256.LoadUnsafe(ref rows, (nuint)(uint)(sourceRows[2 * pair] + x));
                var second = (2 * pair) + 1 < sourceRows.Length
                    ? Vector256.LoadUnsafe(ref rows, (nuint)(uint)(sourceRows[(2 * pair) + 1] + x))
                    : Vector256<byte>.Zero;
                var up = Vector256.Create(upper[pair]).AsInt16();
                var low = Vector256.Create(lower[pair]).AsInt16();
                var near = Avx2.UnpackLow(first, second);
                var far = Avx2.UnpackHigh(first, second);
                var samples = Avx2.UnpackLow(near, Vector256<byte>.Zero).AsInt16();
                upper0 += Avx2.MultiplyAddAdjacent(samples, up);
                lower0 += Avx2.MultiplyAddAdjacent(samples, low);
                samples = Avx2.UnpackHigh(near, Vector256<byte>.Zero).AsInt16();
                upper1 += Avx2.MultiplyAddAdjacent(samples, up);
                lower1 += Avx2.MultiplyAddAdjacent(samples, low);
                samples = Avx2.UnpackLow(far, Vector256<byte>.Zero).AsInt16();
                upper2 += Avx2.MultiplyAddAdjacent(samples, up);
                lower2 += Avx2.MultiplyAddAdjacent(samples, low);
                samples = Avx2.UnpackHigh(far, Vector256<byte>.Zero).AsInt16();
                upper3 += Avx2.MultiplyAddAdjacent(samples, up);
                lower3 += Avx2.MultiplyAddAdjacent(samples, low);
            }

            // Packing works within halves of a vector, as unpacking did, so the bytes are back in their order.
            Avx2.PackUnsignedSaturate(
                Avx2.PackSignedSaturate(Finish(upper0, lower0), Finish(upper1, lower1)),
                Avx2.PackSignedSaturate(Finish(upper2, lower2), Finish(upper3, lower3))).StoreUnsafe(ref result, (nuint)(uint)x);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_vectorised)
        {
            ArrayPool<int>.Shared.Return(_upper);
            ArrayPool<int>.Shared.Return(_lower);
        }
        else
        {
            ArrayPool<int>.Shared.Return(_sums);
        }
    }

    private static int Join(short first, short second) => (ushort)first | (second << 16);

    private static Vector256<int> Finish(Vector256<int> upper, Vector256<int> lower) =>
        ((upper << FixedPoint.LowerBits) + lower) >> ResamplingAxis.PrecisionBits;

    private void RunPortable(
        ReadOnlySpan<int> weights, ReadOnlySpan<byte> source, ReadOnlySpan<int> sourceRows, int from, int to, Span<byte> target)
    {
        var sums = _sums.AsSpan(0, to - from);
        sums.Fill(FixedPoint.Half);
        for (var k = 0; k < sourceRows.Length; k++)
        {
            AddScaled(sums, source.Slice(sourceRows[k] + from, sums.Length), weights[k]);
        }

        for (var x = 0; x < sums.Length; x++)
        {
            target[from + x] = FixedPoint.ToLevel(sums[x]);
        }
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
}
