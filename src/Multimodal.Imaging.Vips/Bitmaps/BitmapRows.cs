using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Imaging.Vips.Bitmaps;

/// <summary>The rows of an uncompressed Windows bitmap.</summary>
internal sealed class BitmapRows : PixelRows
{
    private readonly InputContent _content;
    private readonly BitmapHeader _header;
    private byte[] _strip = [];

    private BitmapRows(InputContent content, BitmapHeader header)
        : base(header.ToImageHeader(), header.Width, header.Height, header.Masks.Alpha != 0 ? 4 : 3)
    {
        _content = content;
        _header = header;
        var needed = header.RowBytes * header.Height;
        var there = content.Bytes.Length - header.PixelStart;
        if (there < needed)
        {
            throw BitmapFault.Corrupt(
                content.Name, string.Create(CultureInfo.InvariantCulture, $"{there} of {needed} bytes of pixels are there"));
        }
    }

    /// <summary>Opens a bitmap.</summary>
    /// <exception cref="InputException">The file is corrupt, truncated or compressed.</exception>
    public static BitmapRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide)
    {
        var header = BitmapHeaderReader.Read(content);
        _ = decide(header.ToImageHeader());
        return new BitmapRows(content, header);
    }

    public override ReadOnlySpan<byte> Read(int top, int count)
    {
        var length = Width * Channels;
        if (_strip.Length < count * length)
        {
            ArrayPool<byte>.Shared.Return(_strip);
            _strip = ArrayPool<byte>.Shared.Rent(count * length);
        }

        var bytes = _content.Bytes.Span;
        var palette = ReadPalette(bytes, _header, _content.Name);
        for (var y = 0; y < count; y++)
        {
            var stored = _header.TopDown ? top + y : Height - 1 - top - y;
            var row = bytes.Slice(_header.PixelStart + (int)(stored * _header.RowBytes), (int)_header.RowBytes);
            var target = _strip.AsSpan(y * length, length);
            if (_header.Bits <= 8)
            {
                ExpandPalette(row, _header, palette, target, _content.Name);
            }
            else if (_header.Bits == 24)
            {
                Swap(row, target);
            }
            else
            {
                ExpandMasks(row, _header, Channels, target);
            }
        }

        return _strip.AsSpan(0, count * length);
    }

    protected override void Dispose(bool disposing)
    {
        ArrayPool<byte>.Shared.Return(_strip);
        _strip = [];
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
