using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>Lays overlapping frames of a signal beside each other, one in each lane.</summary>
internal static class FrameLoader
{
    /// <summary>Loads as many frames as a vector has lanes.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="starts">Where each frame begins; all end within the signal.</param>
    /// <param name="length">Samples of a frame.</param>
    /// <param name="frames">Receives <paramref name="length"/> vectors.</param>
    public static void Load<T>(ReadOnlySpan<float> samples, ReadOnlySpan<int> starts, int length, Span<Vector256<T>> frames)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var done = 0;
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            done = LoadBlocks(samples, starts, length, MemoryMarshal.Cast<Vector256<T>, Vector256<float>>(frames));
        }

        Span<T> lanes = stackalloc T[Vector256<T>.Count];
        for (var i = done; i < length; i++)
        {
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                lanes[lane] = T.CreateTruncating(samples[starts[lane] + i]);
            }

            frames[i] = Vector256.Create<T>(lanes);
        }
    }

    // Eight samples of each of eight frames, transposed in registers.
    private static int LoadBlocks(ReadOnlySpan<float> samples, ReadOnlySpan<int> starts, int length, Span<Vector256<float>> frames)
    {
        var whole = length / 8 * 8;
        ref var s0 = ref At(samples, starts[0], whole);
        ref var s1 = ref At(samples, starts[1], whole);
        ref var s2 = ref At(samples, starts[2], whole);
        ref var s3 = ref At(samples, starts[3], whole);
        ref var s4 = ref At(samples, starts[4], whole);
        ref var s5 = ref At(samples, starts[5], whole);
        ref var s6 = ref At(samples, starts[6], whole);
        ref var s7 = ref At(samples, starts[7], whole);
        ref var to = ref MemoryMarshal.GetReference(frames[..whole]);
        for (var i = 0; i < whole; i += 8)
        {
            var at = (nuint)i;
            var (r0, r1) = (Vector256.LoadUnsafe(ref s0, at), Vector256.LoadUnsafe(ref s1, at));
            var (r2, r3) = (Vector256.LoadUnsafe(ref s2, at), Vector256.LoadUnsafe(ref s3, at));
            var (r4, r5) = (Vector256.LoadUnsafe(ref s4, at), Vector256.LoadUnsafe(ref s5, at));
            var (r6, r7) = (Vector256.LoadUnsafe(ref s6, at), Vector256.LoadUnsafe(ref s7, at));
            var (t0, t1) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
            var (t2, t3) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
            var (t4, t5) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
            var (t6, t7) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
            var (u0, u1) = (Avx.Shuffle(t0, t2, 0x44), Avx.Shuffle(t0, t2, 0xEE));
            var (u2, u3) = (Avx.Shuffle(t1, t3, 0x44), Avx.Shuffle(t1, t3, 0xEE));
            var (u4, u5) = (Avx.Shuffle(t4, t6, 0x44), Avx.Shuffle(t4, t6, 0xEE));
            var (u6, u7) = (Avx.Shuffle(t5, t7, 0x44), Avx.Shuffle(t5, t7, 0xEE));
            Unsafe.Add(ref to, i) = Avx.Permute2x128(u0, u4, 0x20);
            Unsafe.Add(ref to, i + 1) = Avx.Permute2x128(u1, u5, 0x20);
            Unsafe.Add(ref to, i + 2) = Avx.Permute2x128(u2, u6, 0x20);
            Unsafe.Add(ref to, i + 3) = Avx.Permute2x128(u3, u7, 0x20);
            Unsafe.Add(ref to, i + 4) = Avx.Permute2x128(u0, u4, 0x31);
            Unsafe.Add(ref to, i + 5) = Avx.Permute2x128(u1, u5, 0x31);
            Unsafe.Add(ref to, i + 6) = Avx.Permute2x128(u2, u6, 0x31);
            Unsafe.Add(ref to, i + 7) = Avx.Permute2x128(u3, u7, 0x31);
        }

        return whole;
    }

    private static ref float At(ReadOnlySpan<float> samples, int start, int length) =>
        ref MemoryMarshal.GetReference(samples.Slice(start, length));
}
