using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>Vectors that lie at multiples of their size, so that none straddles two cache lines.</summary>
internal sealed class VectorBuffer<T>
    where T : unmanaged
{
    private readonly T[] _values;
    private readonly int _offset;

    /// <summary>Allocates zeros, where the collector does not move them.</summary>
    public VectorBuffer(int vectors)
    {
        var lanes = Vector256<T>.Count;
        _values = GC.AllocateArray<T>((vectors + 1) * lanes, pinned: true);
        var bytes = Marshal.SizeOf<T>() * lanes;
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) % bytes);
        _offset = beyond == 0 ? 0 : (bytes - beyond) / Marshal.SizeOf<T>();
    }

    /// <summary>All vectors, and up to one more.</summary>
    public Span<Vector256<T>> Vectors => MemoryMarshal.Cast<T, Vector256<T>>(_values.AsSpan(_offset));
}
