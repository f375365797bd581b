using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static Multimodal.Pipeline.Preprocessing.Audio.Spectra.VectorMath;

namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>
/// The discrete Fourier transform of several real frames at once, one in each lane of a vector: a complex transform of half the length
/// over pairs of samples, in passes of mixed radix that leave their results in order (T. G. Stockham, "High-speed convolution and
/// correlation", 1966), then the separation of even and odd. Safe for concurrent use.
/// </summary>
internal sealed class VectorFourierTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int[] FastRadices = [4, 5, 3, 2];

    private readonly int _half;
    private readonly TransformStage<T>[] _stages;
    private readonly T[] _twiddles;

    /// <param name="length">Even, 4 or more.</param>
    public VectorFourierTransform(int length)
    {
        if (length < 4 || length % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length is even, 4 or more.");
        }

        _half = length / 2;
        var stages = new List<TransformStage<T>>();
        for (var (left, stride) = (_half, 1); left > 1;)
        {
            var radix = RadixOf(left);
            stages.Add(new TransformStage<T>(radix, left, stride));
            (left, stride) = (left / radix, stride * radix);
        }

        _stages = [.. stages];
        _twiddles = new T[_half + 2];
        for (var k = 0; k <= _half / 2; k++)
        {
            _twiddles[2 * k] = T.CreateTruncating(Math.Cos(-2 * Math.PI * k / length));
            _twiddles[(2 * k) + 1] = T.CreateTruncating(Math.Sin(-2 * Math.PI * k / length));
        }
    }

    /// <summary>The number of samples of a frame.</summary>
    public int Length => 2 * _half;

    /// <summary>The squared magnitudes of the frequencies from 0 to half the sample rate.</summary>
    /// <param name="frames"><see cref="Length"/> vectors, a sample of each frame in each; they are lost.</param>
    /// <param name="scratch"><see cref="Length"/> vectors.</param>
    /// <param name="power">Receives Length / 2 + 1 vectors.</param>
    public void Power(Span<Vector256<T>> frames, Span<Vector256<T>> scratch, Span<Vector256<T>> power)
    {
        // The passes take what lies there on trust.
        frames = frames[..Length];
        scratch = scratch[..Length];
        power = power[..(_half + 1)];
        foreach (var stage in _stages)
        {
            ref var from = ref MemoryMarshal.GetReference(frames);
            ref var to = ref MemoryMarshal.GetReference(scratch);
            switch (stage.Radix)
            {
                case 2:
                    Pass2(stage, ref from, ref to);
                    break;
                case 3:
                    Pass3(stage, ref from, ref to);
                    break;
                case 4:
                    Pass4(stage, ref from, ref to);
                    break;
                case 5:
                    Pass5(stage, ref from, ref to);
                    break;
                default:
                    PassAny(stage, ref from, ref to);
                    break;
            }

            var swapped = frames;
            frames = scratch;
            scratch = swapped;
        }

        Separate(ref MemoryMarshal.GetReference(frames), ref MemoryMarshal.GetReference(power));
    }

    private static int RadixOf(int length)
    {
        foreach (var radix in FastRadices)
        {
            if (length % radix == 0)
            {
                return radix;
            }
        }

        var prime = 7;
        while (length % prime != 0)
        {
            prime += 2;
        }

        return prime;
    }

    private void Separate(ref Vector256<T> from, ref Vector256<T> power)
    {
        var sum = from + Unsafe.Add(ref from, 1);
        var difference = from - Unsafe.Add(ref from, 1);
        power = sum * sum;
        Unsafe.Add(ref power, _half) = difference * difference;

        var half = Vector256.Create(T.CreateTruncating(0.5));
        for (int k = 1, mirror = _half - 1; k <= mirror; k++, mirror--)
        {
            var (ar, ai) = (Unsafe.Add(ref from, 2 * k), Unsafe.Add(ref from, (2 * k) + 1));
            var (br, bi) = (Unsafe.Add(ref from, 2 * mirror), Unsafe.Add(ref from, (2 * mirror) + 1));
            var (evenReal, evenImaginary) = ((ar + br) * half, (ai - bi) * half);
            var (oddReal, oddImaginary) = ((ai + bi) * half, (br - ar) * half);
            var (cosine, sine) = (Vector256.Create(_twiddles[2 * k]), Vector256.Create(_twiddles[(2 * k) + 1]));
            var real = (oddReal * cosine) - (oddImaginary * sine);
            var imaginary = MultiplyAdd(oddReal, sine, oddImaginary * cosine);
            Unsafe.Add(ref power, k) = Square(evenReal + real, evenImaginary + imaginary);
            Unsafe.Add(ref power, mirror) = Square(evenReal - real, evenImaginary - imaginary);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Square(Vector256<T> real, Vector256<T> imaginary) => MultiplyAdd(real, real, imaginary * imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref Vector256<T> to, int index, Vector256<T> real, Vector256<T> imaginary)
    {
        Unsafe.Add(ref to, 2 * index) = real;
        Unsafe.Add(ref to, (2 * index) + 1) = imaginary;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(
        ref Vector256<T> to, int index, Vector256<T> real, Vector256<T> imaginary, Vector256<T> cosine, Vector256<T> sine)
    {
        Unsafe.Add(ref to, 2 * index) = (real * cosine) - (imaginary * sine);
        Unsafe.Add(ref to, (2 * index) + 1) = MultiplyAdd(real, sine, imaginary * cosine);
    }

    private static void Pass2(TransformStage<T> stage, ref Vector256<T> from, ref Vector256<T> to)
    {
        var (count, stride) = (stage.Count, stage.Stride);
        ref var twiddle = ref MemoryMarshal.GetArrayDataReference(stage.Twiddles);
        for (var p = 0; p < count; p++)
        {
            var (c1, s1) = (Vector256.Create(Unsafe.Add(ref twiddle, 2 * p)), Vector256.Create(Unsafe.Add(ref twiddle, (2 * p) + 1)));
            for (var q = 0; q < stride; q++)
            {
                var a = q + (stride * p);
                var b = a + (stride * count);
                var (ar, ai) = (Unsafe.Add(ref from, 2 * a), Unsafe.Add(ref from, (2 * a) + 1));
                var (br, bi) = (Unsafe.Add(ref from, 2 * b), Unsafe.Add(ref from, (2 * b) + 1));
                var target = q + (2 * stride * p);
                Store(ref to, target, ar + br, ai + bi);
                StoreTurned(ref to, target + stride, ar - br, ai - bi, c1, s1);
            }
        }
    }

    private static void Pass3(TransformStage<T> stage, ref Vector256<T> from, ref Vector256<T> to)
    {
        var (count, stride) = (stage.Count, stage.Stride);
        ref var twiddle = ref MemoryMarshal.GetArrayDataReference(stage.Twiddles);
        var half = Vector256.Create(T.CreateTruncating(-0.5));
        var height = Vector256.Create(T.CreateTruncating(Math.Sqrt(3) / 2));
        for (var p = 0; p < count; p++)
        {
            var (c1, s1) = (Vector256.Create(Unsafe.Add(ref twiddle, 4 * p)), Vector256.Create(Unsafe.Add(ref twiddle, (4 * p) + 1)));
            var (c2, s2) = (Vector256.Create(Unsafe.Add(ref twiddle, (4 * p) + 2)), Vector256.Create(Unsafe.Add(ref twiddle, (4 * p) + 3)));
            for (var q = 0; q < stride; q++)
            {
                var a = q + (stride * p);
                var b = a + (stride * count);
                var c = b + (stride * count);
                var (ar, ai) = (Unsafe.Add(ref from, 2 * a), Unsafe.Add(ref from, (2 * a) + 1));
                var (br, bi) = (Unsafe.Add(ref from, 2 * b), Unsafe.Add(ref from, (2 * b) + 1));
                var (cr, ci) = (Unsafe.Add(ref from, 2 * c), Unsafe.Add(ref from, (2 * c) + 1));
                var (sr, si) = (br + cr, bi + ci);
                var (dr, di) = ((br - cr) * height, (bi - ci) * height);
                var (mr, mi) = (MultiplyAdd(sr, half, ar), MultiplyAdd(si, half, ai));
                var target = q + (3 * stride * p);
                Store(ref to, target, ar + sr, ai + si);
                StoreTurned(ref to, target + stride, mr + di, mi - dr, c1, s1);
                StoreTurned(ref to, target + (2 * stride), mr - di, mi + dr, c2, s2);
            }
        }
    }

    private static void Pass4(TransformStage<T> stage, ref Vector256<T> from, ref Vector256<T> to)
    {
        var (count, stride) = (stage.Count, stage.Stride);
        ref var twiddle = ref MemoryMarshal.GetArrayDataReference(stage.Twiddles);
        for (var p = 0; p < count; p++)
        {
            ref var turn = ref Unsafe.Add(ref twiddle, 6 * p);
            var (c1, s1) = (Vector256.Create(turn), Vector256.Create(Unsafe.Add(ref turn, 1)));
            var (c2, s2) = (Vector256.Create(Unsafe.Add(ref turn, 2)), Vector256.Create(Unsafe.Add(ref turn, 3)));
            var (c3, s3) = (Vector256.Create(Unsafe.Add(ref turn, 4)), Vector256.Create(Unsafe.Add(ref turn, 5)));
            for (var q = 0; q < stride; q++)
            {
                var a = q + (stride * p);
                var b = a + (stride * count);
                var c = b + (stride * count);
                var d = c + (stride * count);
                var (ar, ai) = (Unsafe.Add(ref from, 2 * a), Unsafe.Add(ref from, (2 * a) + 1));
                var (br, bi) = (Unsafe.Add(ref from, 2 * b), Unsafe.Add(ref from, (2 * b) + 1));
                var (cr, ci) = (Unsafe.Add(ref from, 2 * c), Unsafe.Add(ref from, (2 * c) + 1));
                var (dr, di) = (Unsafe.Add(ref from, 2 * d), Unsafe.Add(ref from, (2 * d) + 1));
                var (acr, aci) = (ar + cr, ai + ci);
                var (acdr, acdi) = (ar - cr, ai - ci);
                var (bdr, bdi) = (br + dr, bi + di);
                var (bddr, bddi) = (br - dr, bi - di);
                var target = q + (4 * stride * p);
                Store(ref to, target, acr + bdr, aci + bdi);
                StoreTurned(ref to, target + stride, acdr + bddi, acdi - bddr, c1, s1);
                StoreTurned(ref to, target + (2 * stride), acr - bdr, aci - bdi, c2, s2);
                StoreTurned(ref to, target + (3 * stride), acdr - bddi, acdi + bddr, c3, s3);
            }
        }
    }

    private static void Pass5(TransformStage<T> stage, ref Vector256<T> from, ref Vector256<T> to)
    {
        var (count, stride) = (stage.Count, stage.Stride);
        ref var twiddle = ref MemoryMarshal.GetArrayDataReference(stage.Twiddles);
        var cosine1 = Vector256.Create(T.CreateTruncating(Math.Cos(2 * Math.PI / 5)));
        var cosine2 = Vector256.Create(T.CreateTruncating(Math.Cos(4 * Math.PI / 5)));
        var sine1 = Vector256.Create(T.CreateTruncating(Math.Sin(2 * Math.PI / 5)));
        var sine2 = Vector256.Create(T.CreateTruncating(Math.Sin(4 * Math.PI / 5)));
        for (var p = 0; p < count; p++)
        {
            ref var turn = ref Unsafe.Add(ref twiddle, 8 * p);
            for (var q = 0; q < stride; q++)
            {
                var a = q + (stride * p);
                var b = a + (stride * count);
                var c = b + (stride * count);
                var d = c + (stride * count);
                var e = d + (stride * count);
                var (ar, ai) = (Unsafe.Add(ref from, 2 * a), Unsafe.Add(ref from, (2 * a) + 1));
                var (br, bi) = (Unsafe.Add(ref from, 2 * b), Unsafe.Add(ref from, (2 * b) + 1));
                var (cr, ci) = (Unsafe.Add(ref from, 2 * c), Unsafe.Add(ref from, (2 * c) + 1));
                var (dr, di) = (Unsafe.Add(ref from, 2 * d), Unsafe.Add(ref from, (2 * d) + 1));
                var (er, ei) = (Unsafe.Add(ref from, 2 * e), Unsafe.Add(ref from, (2 * e) + 1));
                var (ber, bei) = (br + er, bi + ei);
                var (bedr, bedi) = (br - er, bi - ei);
                var (cdr, cdi) = (cr + dr, ci + di);
                var (cddr, cddi) = (cr - dr, ci - di);
                var m1r = MultiplyAdd(cdr, cosine2, MultiplyAdd(ber, cosine1, ar));
                var m1i = MultiplyAdd(cdi, cosine2, MultiplyAdd(bei, cosine1, ai));
                var m2r = MultiplyAdd(cdr, cosine1, MultiplyAdd(ber, cosine2, ar));
                var m2i = MultiplyAdd(cdi, cosine1, MultiplyAdd(bei, cosine2, ai));
                var n1r = MultiplyAdd(bedr, sine1, cddr * sine2);
                var n1i = MultiplyAdd(bedi, sine1, cddi * sine2);
                var n2r = (bedr * sine2) - (cddr * sine1);
                var n2i = (bedi * sine2) - (cddi * sine1);
                var target = q + (5 * stride * p);
                Store(ref to, target, ar + ber + cdr, ai + bei + cdi);
                StoreTurned(ref to, target + stride, m1r + n1i, m1i - n1r, Vector256.Create(turn), Vector256.Create(Unsafe.Add(ref turn, 1)));
                StoreTurned(
                    ref to, target + (2 * stride), m2r + n2i, m2i - n2r, Vector256.Create(Unsafe.Add(ref turn, 2)), Vector256.Create(Unsafe.Add(ref turn, 3)));
                StoreTurned(
                    ref to, target + (3 * stride), m2r - n2i, m2i + n2r, Vector256.Create(Unsafe.Add(ref turn, 4)), Vector256.Create(Unsafe.Add(ref turn, 5)));
                StoreTurned(
                    ref to, target + (4 * stride), m1r - n1i, m1i + n1r, Vector256.Create(Unsafe.Add(ref turn, 6)), Vector256.Create(Unsafe.Add(ref turn, 7)));
            }
        }
    }

    // By the definition: lengths with a large prime factor are rare and small.
    private static void PassAny(TransformStage<T> stage, ref Vector256<T> from, ref Vector256<T> to)
    {
        var (radix, count, stride) = (stage.Radix, stage.Count, stage.Stride);
        for (var p = 0; p < count; p++)
        {
            for (var q = 0; q < stride; q++)
            {
                for (var j = 0; j < radix; j++)
                {
                    var (real, imaginary) = (Vector256<T>.Zero, Vector256<T>.Zero);
                    for (var k = 0; k < radix; k++)
                    {
                        var source = q + (stride * (p + (count * k)));
                        var root = j * k % radix;
                        var (cosine, sine) = (Vector256.Create(stage.Roots[2 * root]), Vector256.Create(stage.Roots[(2 * root) + 1]));
                        var (xr, xi) = (Unsafe.Add(ref from, 2 * source), Unsafe.Add(ref from, (2 * source) + 1));
                        real += (xr * cosine) - (xi * sine);
                        imaginary += (xr * sine) + (xi * cosine);
                    }

                    var target = q + (stride * ((radix * p) + j));
                    if (j == 0)
                    {
                        Store(ref to, target, real, imaginary);
                    }
                    else
                    {
                        var turn = 2 * ((p * (radix - 1)) + j - 1);
                        StoreTurned(
                            ref to, target, real, imaginary, Vector256.Create(stage.Twiddles[turn]), Vector256.Create(stage.Twiddles[turn + 1]));
                    }
                }
            }
        }
    }
}
