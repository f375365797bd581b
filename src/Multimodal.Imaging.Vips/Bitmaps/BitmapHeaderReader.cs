using System.Buffers.Binary;
using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Imaging.Vips.Bitmaps;

/// <summary>Reads the headers of a Windows bitmap (wingdi.h: BITMAPFILEHEADER, then BITMAPCOREHEADER up to BITMAPV5HEADER).</summary>
internal static class BitmapHeaderReader
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;
    private const int InfoHeaderLength = 40;

    /// <exception cref="InputException">The headers contradict themselves, or the pixels are compressed.</exception>
    public static BitmapHeader Read(InputContent content)
    {
        var bytes = content.Bytes.Span;
        if (bytes.Length < FileHeaderLength + CoreHeaderLength)
        {
            throw BitmapFault.Corrupt(content.Name, "it ends within its header");
        }

        var info = bytes[FileHeaderLength..];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(info);
        if (length > info.Length)
        {
            throw BitmapFault.Corrupt(content.Name, "it ends within its header");
        }

        var header = length == CoreHeaderLength ? ReadCore(info) : ReadInfo(info, (int)length, content.Name);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        if (header.Width < 1 || header.Height < 1 || start > bytes.Length)
        {
            throw BitmapFault.Corrupt(
                content.Name, string.Create(CultureInfo.InvariantCulture, $"{header.Width}×{header.Height} pixels from byte {start} on"));
        }

        if (header.Bits is not (1 or 4 or 8 or 16 or 24 or 32))
        {
            throw BitmapFault.Corrupt(content.Name, string.Create(CultureInfo.InvariantCulture, $"{header.Bits} bits a pixel"));
        }

        return header with { PixelStart = (int)start };
    }

    private static BitmapHeader ReadCore(ReadOnlySpan<byte> info)
    {
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[10..]);
        return new BitmapHeader(
            BinaryPrimitives.ReadUInt16LittleEndian(info[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(info[6..]),
            TopDown: false,
            bits,
            DefaultMasks(bits),
            FileHeaderLength + CoreHeaderLength,
            PaletteEntryBytes: 3,
            bits <= 8 ? 1 << bits : 0,
            PixelStart: 0);
    }

    private static BitmapHeader ReadInfo(ReadOnlySpan<byte> info, int length, string name)
    {
        const int Uncompressed = 0, BitFields = 3, AlphaBitFields = 6;
        var height = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
        var compression = BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        var used = BinaryPrimitives.ReadUInt32LittleEndian(info[32..]);
        if (compression is not (Uncompressed or BitFields or AlphaBitFields))
        {
            throw BitmapFault.Unsupported(name, "compressed pixels");
        }

        var fields = compression != Uncompressed && bits is 16 or 32;

        // A header of 40 bytes has its masks behind it, longer ones within.
        var masksBehind = fields && length == InfoHeaderLength ? (compression == AlphaBitFields ? 16 : 12) : 0;
        if (fields && info.Length < InfoHeaderLength + 16)
        {
            throw BitmapFault.Corrupt(name, "it ends within its masks");
        }

        var hasAlphaMask = length >= 56 || masksBehind == 16;
        return new BitmapHeader(
            BinaryPrimitives.ReadInt32LittleEndian(info[4..]),
            height == int.MinValue ? 0 : Math.Abs(height),
            height < 0,
            bits,
            fields ? ReadMasks(info[InfoHeaderLength..], hasAlphaMask) : DefaultMasks(bits),
            FileHeaderLength + length + masksBehind,
            PaletteEntryBytes: 4,
            bits <= 8 ? (int)(used == 0 ? 1u << bits : Math.Min(used, 1u << bits)) : 0,
            PixelStart: 0);
    }

    private static (uint Red, uint Green, uint Blue, uint Alpha) ReadMasks(ReadOnlySpan<byte> masks, bool hasAlpha) => (
        BinaryPrimitives.ReadUInt32LittleEndian(masks),
        BinaryPrimitives.ReadUInt32LittleEndian(masks[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(masks[8..]),
        hasAlpha ? BinaryPrimitives.ReadUInt32LittleEndian(masks[12..]) : 0);

    // Without masks, 16 bits are five a channel and the fourth byte of 32 bits means nothing.
    private static (uint Red, uint Green, uint Blue, uint Alpha) DefaultMasks(int bits) =>
        bits == 16 ? (0x7C00u, 0x03E0u, 0x001Fu, 0u) : (0xFF0000u, 0x00FF00u, 0x0000FFu, 0u);
}
