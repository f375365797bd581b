using System.Runtime.InteropServices;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>Hands a file in memory to libvips, which reads it where it lies.</summary>
internal static class VipsSource
{
    /// <summary>Pins the file until the source is disposed of.</summary>
    public static Source Of(ReadOnlyMemory<byte> bytes) => Source.NewFromMemory(WholeArray(bytes));

    // The binding takes whole arrays alone.
    private static byte[] WholeArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();
}
