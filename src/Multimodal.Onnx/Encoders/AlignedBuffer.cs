using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Multimodal.Onnx.Encoders;

/// <summary>A block of native memory that grows and is used again, aligned as vector instructions like it. Not safe for concurrent use.</summary>
/// <param name="allocator">
/// Gives memory that a device copies from and to by itself; where it has none left, and where there is none, ordinary memory is taken. It
/// outlives this.
/// </param>
internal sealed unsafe class AlignedBuffer(OrtAllocator? allocator = null) : IDisposable
{
    // A cache line, and the width of the widest vectors.
    private const int Alignment = 64;

    private OrtMemoryAllocation? _given;
    private void* _memory;
    private nuint _capacity;

    ~AlignedBuffer() => FreeOwn();

    /// <summary>Where it begins; only until it grows.</summary>
    public nint Address => _given?.DangerousGetHandle() ?? (nint)_memory;

    /// <summary>
    /// What values in it are said to lie in: the processor's memory, whoever gave it. Page-locked memory under its own name counts as a
    /// device's, and CUDA then copies such a value onto itself, which it refuses (ONNX Runtime 1.31); what makes the copies fast is the
    /// address, and not the name.
    /// </summary>
    public static OrtMemoryInfo Memory => OrtMemoryInfo.DefaultInstance;

    /// <summary>Room for so many elements, of undefined content; what was taken before is void.</summary>
    public Span<T> Take<T>(int count)
        where T : unmanaged
    {
        var bytes = (nuint)count * (nuint)sizeof(T);
        if (bytes > _capacity)
        {
            Free();

            // Half as much again, so that slowly growing batches do not allocate each time.
            var capacity = bytes + (bytes / 2);
            _given = Ask(capacity);
            _memory = _given is null ? NativeMemory.AlignedAlloc(capacity, Alignment) : null;
            _capacity = capacity;
        }

        return new Span<T>((void*)Address, count);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // ONNX Runtime's interface takes 32 bits.
    private OrtMemoryAllocation? Ask(nuint bytes)
    {
        if (allocator is null || bytes > uint.MaxValue)
        {
            return null;
        }

        // Where nobody disposes of this, the allocator would be finalised before what it gave, which then could not be given back.
        var isHeld = false;
        allocator.DangerousAddRef(ref isHeld);
        try
        {
            return allocator.Allocate((uint)bytes);
        }
        catch (OnnxRuntimeException)
        {
            // Page-locked memory is scarcer than memory.
            allocator.DangerousRelease();
            return null;
        }
    }

    private void Free()
    {
        if (_given is not null)
        {
            _given.Dispose();
            _given = null;
            allocator!.DangerousRelease();
        }

        FreeOwn();
    }

    private void FreeOwn()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _capacity = 0;
    }
}
