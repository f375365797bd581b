using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Resamples along the rows, four rows at a time so that weights are read once for them. Bytes at the end of a target row, up to
/// <see cref="Slack"/>, are overwritten with anything.
/// </summary>
internal sealed class HorizontalPass : IDisposable
{
    /// <summary>Rows at a time.</summary>
    public const int Rows = 4;

    /// <summary>Bytes behind a target row that must belong to its buffer.</summary>
    public const int Slack = 4;

    // Colour: a load of 16 bytes holds four pixels. Grey: 16.
    private const int ColourTaps = 4;
    private const int GreyTaps = 16;

    private readonly ResamplingAxis _axis;
    private readonly int _channels;
    private readonly int _targetChannels;
    private readonly int _width;
    private readonly int _groups;
    private readonly int _lateFrom;
    private readonly int[] _offsets = [];
    private readonly short[] _weights = [];
    private readonly Vector256<byte> _early;
    private readonly Vector256<byte> _late;

    /// <summary>Prepares the weights.</summary>
    /// <param name="axis">The columns.</param>
    /// <param name="width">Width of the source rows, in pixels.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="targetChannels">As many; or 3 of 4, which drops the last.</param>
    /// <param name="vectorised">Whether vectors may be used; the results are the same.</param>
    public HorizontalPass(ResamplingAxis axis, int width, int channels, int targetChannels, bool vectorised)
    {
        _axis = axis;
        _channels = channels;
        _targetChannels = targetChannels;
        _width = width;
        var group = channels == 1 ? GreyTaps : ColourTaps;
        var groups = (axis.Taps + group - 1) / group;

        // Narrower pictures would be read beyond their rows.
        if (!vectorised || !Avx2.IsSupported || width < (groups * group) + (channels == 3 ? 3 : 0))
        {
            return;
        }

        _groups = groups;
        _offsets = ArrayPool<int>.Shared.Rent(axis.Count);
        _weights = ArrayPool<short>.Shared.Rent(axis.Count * groups * 32);
        (_early, _late) = (PairUp(channels, 0), PairUp(channels, 4));
        _lateFrom = Pack(group);
    }

    /// <summary>Resamples four rows, of which several may be the same one.</summary>
    /// <param name="source">Holds the source rows.</param>
    /// <param name="sourceRows">Where each begins.</param>
    /// <param name="target">Holds the target rows.</param>
    /// <param name="targetRows">Where each begins.</param>
    public void Run(ReadOnlySpan<byte> source, ReadOnlySpan<int> sourceRows, Span<byte> target, ReadOnlySpan<int> targetRows)
    {
        if (_groups == 0)
        {
            for (var row = 0; row < Rows; row++)
            {
                RunPortable(source[sourceRows[row]..], target[targetRows[row]..]);
            }

            return;
        }

        // The vectors below are not checked against the spans; the farthest of their accesses is.
        var (lastSource, lastTarget) = (0, 0);
        for (var row = 0; row < Rows; row++)
        {
            (lastSource, lastTarget) = (Math.Max(lastSource, sourceRows[row]), Math.Max(lastTarget, targetRows[row]));
        }

        _ = source.Slice(lastSource, _width * _channels);
        _ = target.Slice(lastTarget, (_axis.Count * _targetChannels) + (_targetChannels == 3 ? 1 : 0));
        if (_channels == 1)
        {
            RunGrey(source, sourceRows, target, targetRows);
        }
        else
        {
            RunColour(source, sourceRows, target, targetRows);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_groups > 0)
        {
            ArrayPool<int>.Shared.Return(_offsets);
            ArrayPool<short>.Shared.Return(_weights);
        }
    }

    /// <summary>
    /// Lays the weights out as the vectors take them. A load must stay within the row: near its end it begins at an earlier pixel, with
    /// weights of 0 for what is before; and of three channels, whose four pixels fill 12 of its 16 bytes, 4 bytes earlier.
    /// </summary>
    /// <returns>The first output whose loads begin those 4 bytes earlier.</returns>
    private int Pack(int group)
    {
        var taps = _groups * group;
        var lateFrom = _axis.Count;
        Span<int> weights = stackalloc int[group];
        for (var x = 0; x < _axis.Count; x++)
        {
            var first = Math.Min(_axis.First(x), _width - taps);
            if (_channels == 3 && first + taps + 2 > _width)
            {
                lateFrom = Math.Min(lateFrom, x);
            }

            _offsets[x] = (first * _channels) - (x >= lateFrom ? 4 : 0);
            var exact = _axis.Weights(x);
            var skipped = _axis.First(x) - first;
            for (var g = 0; g < _groups; g++)
            {
                for (var k = 0; k < group; k++)
                {
                    var at = (g * group) + k - skipped;
                    weights[k] = (uint)at < (uint)exact.Length ? exact[at] : 0;
                }

                Lay(weights, _weights.AsSpan(((x * _groups) + g) * 32, 32));
            }
        }

        return lateFrom;
    }

    private void Lay(ReadOnlySpan<int> weights, Span<short> target)
    {
        for (var i = 0; i < 16; i++)
        {
            // Grey: in order. Colour: the first two by turns for the lower half, the last two for the upper.
            var weight = weights[_channels == 1 ? i : (i / 8 * 2) + (i % 2)];
            target[i] = FixedPoint.Upper(weight);
            target[16 + i] = FixedPoint.Lower(weight);
        }
    }

    /// <summary>Which bytes of a load become the 16-bit numbers R₀R₁ G₀G₁ B₀B₁ A₀A₁ of the lower half and R₂R₃ … of the upper.</summary>
    private static Vector256<byte> PairUp(int channels, int offset)
    {
        Span<byte> indices = stackalloc byte[32];
        indices.Fill(0x80);
        for (var i = 0; i < 16; i++)
        {
            var channel = i % 8 / 2;
            var pixel = (i / 8 * 2) + (i % 2);
            var index = offset + (pixel * channels) + channel;
            if (channel < channels && index < 16)
            {
                indices[2 * i] = (byte)index;
            }
        }

        return Vector256.Create<byte>(indices);
    }

    private void RunColour(ReadOnlySpan<byte> source, ReadOnlySpan<int> sourceRows, Span<byte> target, ReadOnlySpan<int> targetRows)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref var source0 = ref Unsafe.Add(ref from, sourceRows[0]);
        ref var source1 = ref Unsafe.Add(ref from, sourceRows[1]);
        ref var source2 = ref Unsafe.Add(ref from, sourceRows[2]);
        ref var source3 = ref Unsafe.Add(ref from, sourceRows[3]);
        ref var target0 = ref Unsafe.Add(ref to, targetRows[0]);
        ref var target1 = ref Unsafe.Add(ref to, targetRows[1]);
        ref var target2 = ref Unsafe.Add(ref to, targetRows[2]);
        ref var target3 = ref Unsafe.Add(ref to, targetRows[3]);
        var step = (nuint)(ColourTaps * _channels);
        var half = Vector128.Create(FixedPoint.Half);
        var (count, groups, targetChannels) = (_axis.Count, _groups, _targetChannels);
        var (early, late, lateFrom) = (_early, _late, _lateFrom);
        nuint w = 0;
        for (var x = 0; x < count; x++)
        {
            var at = (nuint)(uint)_offsets[x];
            var shuffle = x >= lateFrom ? late : early;
            var upper0 = Vector256<int>.Zero;
            var upper1 = Vector256<int>.Zero;
            var upper2 = Vector256<int>.Zero;
            var upper3 = Vector256<int>.Zero;
            var lower0 = Vector256<int>.Zero;
            var lower1 = Vector256<int>.Zero;
            var lower2 = Vector256<int>.Zero;
            var lower3 = Vector256<int>.Zero;
            for (var g = 0; g < groups; g++, at += step, w += 32)
            {
                var upper = Vector256.LoadUnsafe(ref weights, w);
                var lower = Vector256.LoadUnsafe(ref weights, w + 16);
                var pixels = Spread(ref source0, at, shuffle);
                upper0 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower0 += Avx2.MultiplyAddAdjacent(pixels, lower);
                pixels = Spread(ref source1, at, shuffle);
                upper1 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower1 += Avx2.MultiplyAddAdjacent(pixels, lower);
                pixels = Spread(ref source2, at, shuffle);
                upper2 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower2 += Avx2.MultiplyAddAdjacent(pixels, lower);
                pixels = Spread(ref source3, at, shuffle);
                upper3 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower3 += Avx2.MultiplyAddAdjacent(pixels, lower);
            }

            var levels = Sse2.PackUnsignedSaturate(
                Sse2.PackSignedSaturate(Finish(upper0, lower0, half), Finish(upper1, lower1, half)),
                Sse2.PackSignedSaturate(Finish(upper2, lower2, half), Finish(upper3, lower3, half))).AsUInt32();

            // Of three channels the fourth byte is overwritten by the next pixel.
            var column = x * targetChannels;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target0, column), levels.ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target1, column), levels.GetElement(1));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target2, column), levels.GetElement(2));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target3, column), levels.GetElement(3));
        }
    }

    private void RunGrey(ReadOnlySpan<byte> source, ReadOnlySpan<int> sourceRows, Span<byte> target, ReadOnlySpan<int> targetRows)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref var source0 = ref Unsafe.Add(ref from, sourceRows[0]);
        ref var source1 = ref Unsafe.Add(ref from, sourceRows[1]);
        ref var source2 = ref Unsafe.Add(ref from, sourceRows[2]);
        ref var source3 = ref Unsafe.Add(ref from, sourceRows[3]);
        var half = Vector128.Create(FixedPoint.Half);
        nuint w = 0;
        for (var x = 0; x < _axis.Count; x++)
        {
            var at = (nuint)(uint)_offsets[x];
            var upper0 = Vector256<int>.Zero;
            var upper1 = Vector256<int>.Zero;
            var upper2 = Vector256<int>.Zero;
            var upper3 = Vector256<int>.Zero;
            var lower0 = Vector256<int>.Zero;
            var lower1 = Vector256<int>.Zero;
            var lower2 = Vector256<int>.Zero;
            var lower3 = Vector256<int>.Zero;
            for (var g = 0; g < _groups; g++, at += GreyTaps, w += 32)
            {
                var upper = Vector256.LoadUnsafe(ref weights, w);
                var lower = Vector256.LoadUnsafe(ref weights, w + 16);
                var pixels = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source0, at));
                upper0 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower0 += Avx2.MultiplyAddAdjacent(pixels, lower);
                pixels = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source1, at));
                upper1 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower1 += Avx2.MultiplyAddAdjacent(pixels, lower);
                pixels = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source2, at));
                upper2 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower2 += Avx2.MultiplyAddAdjacent(pixels, lower);
                pixels = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source3, at));
                upper3 += Avx2.MultiplyAddAdjacent(pixels, upper);
                lower3 += Avx2.MultiplyAddAdjacent(pixels, lower);
            }

            // Each row's eight partial sums become one of four lanes.
            var sums = Avx2.HorizontalAdd(
                Avx2.HorizontalAdd((upper0 << FixedPoint.LowerBits) + lower0, (upper1 << FixedPoint.LowerBits) + lower1),
                Avx2.HorizontalAdd((upper2 << FixedPoint.LowerBits) + lower2, (upper3 << FixedPoint.LowerBits) + lower3));
            var rows = (sums.GetLower() + sums.GetUpper() + half) >> ResamplingAxis.PrecisionBits;
            var levels = Vector128.Min(Vector128.Max(rows, Vector128<int>.Zero), Vector128.Create(255));
            Unsafe.Add(ref to, targetRows[0] + x) = (byte)levels.ToScalar();
            Unsafe.Add(ref to, targetRows[1] + x) = (byte)levels.GetElement(1);
            Unsafe.Add(ref to, targetRows[2] + x) = (byte)levels.GetElement(2);
            Unsafe.Add(ref to, targetRows[3] + x) = (byte)levels.GetElement(3);
        }
    }

    private void RunPortable(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var x = 0; x < _axis.Count; x++)
        {
            var weights = _axis.Weights(x);
            var covered = source.Slice(_axis.First(x) * _channels, weights.Length * _channels);
            for (var c = 0; c < _targetChannels; c++)
            {
                var sum = FixedPoint.Half;
                for (int k = 0, at = c; k < weights.Length; k++, at += _channels)
                {
                    sum += covered[at] * weights[k];
                }

                target[(x * _targetChannels) + c] = FixedPoint.ToLevel(sum);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Spread(ref byte row, nuint at, Vector256<byte> shuffle)
    {
        var load = Vector128.LoadUnsafe(ref row, at);
        return Avx2.Shuffle(Vector256.Create(load, load), shuffle).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Finish(Vector256<int> upper, Vector256<int> lower, Vector128<int> half)
    {
        var sums = (upper << FixedPoint.LowerBits) + lower;
        return (sums.GetLower() + sums.GetUpper() + half) >> ResamplingAxis.PrecisionBits;
    }
}
