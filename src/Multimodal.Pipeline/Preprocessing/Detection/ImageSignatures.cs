using System.Buffers.Binary;

namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>The signatures of the image formats that are read.</summary>
internal static class ImageSignatures
{
    /// <summary>The media type, or null where the bytes are of no such format.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.HasAt(0, [0xFF, 0xD8, 0xFF]))
        {
            return MediaTypes.Jpeg;
        }

        if (bytes.HasAt(0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return MediaTypes.Png;
        }

        if (bytes.HasAt(0, "RIFF"u8) && bytes.HasAt(8, "WEBPVP8"u8))
        {
            return MediaTypes.WebP;
        }

        if ((bytes.HasAt(0, "GIF87a"u8) || bytes.HasAt(0, "GIF89a"u8)) && bytes.LookBinary())
        {
            return MediaTypes.Gif;
        }

        if (IsTiff(bytes))
        {
            return MediaTypes.Tiff;
        }

        if (IsBmp(bytes))
        {
            return MediaTypes.Bmp;
        }

        return IsoMediaBrands.Has(bytes, "avif"u8) || IsoMediaBrands.Has(bytes, "avis"u8) ? MediaTypes.Avif : null;
    }

    // TIFF 6.0, section 2: byte order, then 42; BigTIFF has 43.
    private static bool IsTiff(ReadOnlySpan<byte> bytes) =>
        bytes.HasAt(0, [(byte)'I', (byte)'I', 42, 0]) || bytes.HasAt(0, [(byte)'M', (byte)'M', 0, 42]) ||
        bytes.HasAt(0, [(byte)'I', (byte)'I', 43, 0]) || bytes.HasAt(0, [(byte)'M', (byte)'M', 0, 43]);

    // "BM" alone begins too many texts; the size of the header behind it has few values.
    private static bool IsBmp(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 18 && bytes.HasAt(0, "BM"u8) &&
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;
}
