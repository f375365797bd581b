using System.Runtime.InteropServices;

namespace Multimodal.Onnx.Encoders;

/// <summary>A block of native memory that grows and is used again, aligned as vector instructions like it. Not safe for concurrent use.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    // A cache line, and the width of the widest vectors.
    private const int Alignment = 64;

    private void* _memory;
    private nuint _capacity;

    ~AlignedBuffer() => Free();

    /// <summary>Where it begins; only until it grows.</summary>
    public nint Address => (nint)_memory;

    /// <summary>Room for so many elements, of undefined content; what was taken before is void.</summary>
    public Span<T> Take<T>(int count)
        where T : unmanaged
    {
        var bytes = (nuint)count * (nuint)sizeof(T);
        if (bytes > _capacity)
        {
            Free();

            // Half as much again, so that slowly growing batches do not allocate each time.
            _capacity = bytes + (bytes / 2);
            _memory = NativeMemory.AlignedAlloc(_capacity, Alignment);
        }

        return new Span<T>(_memory, count);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _capacity = 0;
    }
}
