using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Imaging.Vips.Bitmaps;

/// <summary>Decodes uncompressed Windows bitmaps.</summary>
internal static class BitmapDecoder
{
    /// <exception cref="InputException">The file is corrupt, truncated or compressed.</exception>
    public static PixelBuffer Decode(InputContent content)
    {
        var header = BitmapHeaderReader.Read(content);
        var bytes = content.Bytes.Span;
        var needed = header.RowBytes * header.Height;
        if (bytes.Length - header.PixelStart < needed)
        {
            throw BitmapFault.Corrupt(
                content.Name,
                string.Create(CultureInfo.InvariantCulture, $"{bytes.Length - header.PixelStart} of {needed} bytes of pixels are there"));
        }

        var palette = ReadPalette(bytes, header, content.Name);
        var channels = header.Masks.Alpha != 0 ? 4 : 3;
        var pixels = new byte[checked(header.Width * header.Height * channels)];
        for (var y = 0; y < header.Height; y++)
        {
            var stored = header.TopDown ? y : header.Height - 1 - y;
            var row = bytes.Slice(header.PixelStart + (int)(stored * header.RowBytes), (int)header.RowBytes);
            var target = pixels.AsSpan(y * header.Width * channels, header.Width * channels);
            if (header.Bits <= 8)
            {
                ExpandPalette(row, header, palette, target, content.Name);
            }
            else if (header.Bits == 24)
            {
                Swap(row, target);
            }
            else
            {
                ExpandMasks(row, header, channels, target);
            }
        }

        return new PixelBuffer(header.Width, header.Height, channels, pixels);
    }

    private static ReadOnlySpan<byte> ReadPalette(ReadOnlySpan<byte> bytes, BitmapHeader header, string name)
    {
        var length = header.PaletteEntries * header.PaletteEntryBytes;
        return bytes.Length - header.PaletteStart >= length
            ? bytes.Slice(header.PaletteStart, length)
            : throw BitmapFault.Corrupt(name, "it ends within its palette");
    }

    private static void ExpandPalette(ReadOnlySpan<byte> row, BitmapHeader header, ReadOnlySpan<byte> palette, Span<byte> target, string name)
    {
        var perByte = 8 / header.Bits;
        var mask = (1 << header.Bits) - 1;
        for (var x = 0; x < header.Width; x++)
        {
            var index = (row[x / perByte] >> (8 - (header.Bits * ((x % perByte) + 1)))) & mask;
            if (index >= header.PaletteEntries)
            {
                throw BitmapFault.Corrupt(name, string.Create(CultureInfo.InvariantCulture, $"colour {index} of {header.PaletteEntries}"));
            }

            var colour = palette.Slice(index * header.PaletteEntryBytes, 3);
            (target[x * 3], target[(x * 3) + 1], target[(x * 3) + 2]) = (colour[2], colour[1], colour[0]);
        }
    }

    private static void Swap(ReadOnlySpan<byte> row, Span<byte> target)
    {
        for (var at = 0; at < target.Length; at += 3)
        {
            (target[at], target[at + 1], target[at + 2]) = (row[at + 2], row[at + 1], row[at]);
        }
    }

    private static void ExpandMasks(ReadOnlySpan<byte> row, BitmapHeader header, int channels, Span<byte> target)
    {
        for (var x = 0; x < header.Width; x++)
        {
            var pixel = header.Bits == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(row[(x * 2)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(row[(x * 4)..]);
            var at = x * channels;
            target[at] = Extract(pixel, header.Masks.Red);
            target[at + 1] = Extract(pixel, header.Masks.Green);
            target[at + 2] = Extract(pixel, header.Masks.Blue);
            if (channels == 4)
            {
                target[at + 3] = Extract(pixel, header.Masks.Alpha);
            }
        }
    }

    private static byte Extract(uint pixel, uint mask)
    {
        if (mask == 0)
        {
            return 0;
        }

        var shift = BitOperations.TrailingZeroCount(mask);
        ulong value = (pixel & mask) >> shift, greatest = mask >> shift;
        // Rounded down, as Pillow does it.
        return (byte)(value * 255 / greatest);
    }
}
