using System.Buffers.Binary;

namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Reads the headers of a Windows bitmap (wingdi.h) as far as the library leaves things open.</summary>
internal static class BitmapStructure
{
    private const int FileHeader = 14, CoreHeader = 12, InfoHeader = 40, MasksWithAlpha = 56;
    private const uint Uncompressed = 0, BitFields = 3, AlphaBitFields = 6;

    /// <summary>Whether the pixels are all there; how long compressed ones are is not known beforehand.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (!TryReadInfo(bytes, out var length, out var compression))
        {
            return bytes.Length >= FileHeader + CoreHeader && length == CoreHeader;
        }

        if (compression is not (Uncompressed or BitFields or AlphaBitFields))
        {
            return true;
        }

        var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        long width = BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]);
        var height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..]));
        var row = ((width * BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..])) + 31) / 32 * 4;
        return start + (row * height) <= bytes.Length;
    }

    /// <summary>Whether a mask says where alpha lies; without one the fourth byte means nothing.</summary>
    public static bool HasAlpha(ReadOnlySpan<byte> bytes) =>
        TryReadInfo(bytes, out var length, out var compression)
        && (compression == AlphaBitFields || (compression == BitFields && length >= MasksWithAlpha))
        && bytes.Length >= FileHeader + MasksWithAlpha
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(FileHeader + 52)..]) != 0;

    private static bool TryReadInfo(ReadOnlySpan<byte> bytes, out uint length, out uint compression)
    {
        (length, compression) = (0, 0);
        if (bytes.Length < FileHeader + CoreHeader)
        {
            return false;
        }

        length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[FileHeader..]);
        if (length < InfoHeader || bytes.Length < FileHeader + InfoHeader)
        {
            return false;
        }

        compression = BinaryPrimitives.ReadUInt32LittleEndian(bytes[30..]);
        return true;
    }
}
