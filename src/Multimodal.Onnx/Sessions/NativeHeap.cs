using System.Runtime.InteropServices;

namespace Multimodal.Onnx.Sessions;

/// <summary>The heap of native libraries, where the C library can be asked about it: glibc.</summary>
internal static partial class NativeHeap
{
    private static readonly bool IsKnown = OperatingSystem.IsLinux() && Probe();

    /// <summary>What is allocated, in bytes; null where that is not known.</summary>
    public static long? Allocated
    {
        get
        {
            if (!IsKnown)
            {
                return null;
            }

            var info = Information();
            return (long)(info.InUse + info.Mapped);
        }
    }

    /// <summary>Gives what is free back to the operating system, which the C library otherwise keeps for a while.</summary>
    public static void Trim()
    {
        if (IsKnown)
        {
            _ = TrimTo(0);
        }
    }

    // Another C library has neither, or an old one not the first.
    private static bool Probe()
    {
        try
        {
            _ = Information();
            return true;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial HeapInformation Information();

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimTo(nuint left);

    // struct mallinfo2 of malloc.h.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct HeapInformation
    {
        public readonly nuint Arena, FreeChunks, FastChunks, MappedRegions, Mapped, Unused, FastBytes, InUse, Free, Top;
    }
}
