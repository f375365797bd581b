using System.Buffers.Binary;

namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>The brands of an ISO base media file (ISO/IEC 14496-12, box <c>ftyp</c>): AVIF, HEIC, MP4, M4A and their kin.</summary>
internal static class IsoMediaBrands
{
    private const int LongestBox = 512;

    /// <summary>Whether the file begins with the box <c>ftyp</c>.</summary>
    public static bool IsIsoMedia(ReadOnlySpan<byte> bytes) => bytes.Length >= 12 && bytes.HasAt(4, "ftyp"u8);

    /// <summary>Whether the major brand or one of the compatible brands is this one.</summary>
    public static bool Has(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> brand)
    {
        if (!IsIsoMedia(bytes))
        {
            return false;
        }

        if (bytes.HasAt(8, brand))
        {
            return true;
        }

        var end = (int)Math.Min(Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), (uint)bytes.Length), LongestBox);
        for (var at = 16; at + 4 <= end; at += 4)
        {
            if (bytes.HasAt(at, brand))
            {
                return true;
            }
        }

        return false;
    }
}
