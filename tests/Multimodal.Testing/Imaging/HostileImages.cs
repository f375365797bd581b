using System.Buffers.Binary;
using System.IO.Compression;

namespace Multimodal.Testing.Imaging;

/// <summary>Small files that announce much, or hold many frames, or unfold to much.</summary>
public static class HostileImages
{
    /// <summary>A PNG of 8-bit RGB whose header says so; its pixels are zeros, so that the file stays small.</summary>
    /// <param name="width">As announced, in pixels.</param>
    /// <param name="height">As announced, in pixels.</param>
    /// <param name="rows">Rows that are there.</param>
    public static byte[] Png(int width, int height, int rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (width * 3)];
            for (var y = 0; y < rows; y++)
            {
                zlib.Write(row);
            }
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. Chunk("IHDR"u8, [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]),
            .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>A grey JPEG whose header says so, with hardly any pixels.</summary>
    public static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
        0xFF, 0xC0, 0, 11, 8, .. Big(height).AsSpan(2), .. Big(width).AsSpan(2), 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
        .. new byte[20],
        0xFF, 0xD9,
    ];

    /// <summary>A BMP of 24 bits whose header says so.</summary>
    public static byte[] Bmp(int width, int height) =>
    [
        .. "BM"u8, .. Little(154), .. Little(0), .. Little(54),
        .. Little(40), .. Little(width), .. Little(height), 1, 0, 24, 0, .. new byte[24],
        .. new byte[100],
    ];

    /// <summary>A GIF of frames of this size, each with hardly any pixels.</summary>
    public static byte[] Gif(int width, int height, int frames)
    {
        byte[] frame = [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, .. Little(width).AsSpan(0, 2), .. Little(height).AsSpan(0, 2), 0, 2, 2, 0x44, 1, 0];
        return
        [
            .. "GIF89a"u8, .. Little(width).AsSpan(0, 2), .. Little(height).AsSpan(0, 2), 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
            .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes),
            0x3B,
        ];
    }

    /// <summary>An animated WebP of frames, each of them a lossless WebP of one pixel.</summary>
    public static byte[] WebP(int width, int height, int frames)
    {
        byte[] pixel = [.. "VP8L"u8, .. Little(14), 0x2F, 0, 0, 0, 0, 7, 0x10, 0x11, 0xFD, 0x0F, 0x44, 0x44, 0xFF, 3];
        byte[] frame = Riff("ANMF"u8, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, .. pixel]);
        byte[] body =
        [
            .. "WEBP"u8,
            .. Riff("VP8X"u8, [2, 0, 0, 0, .. Little(width - 1).AsSpan(0, 3), .. Little(height - 1).AsSpan(0, 3)]),
            .. Riff("ANIM"u8, new byte[6]),
            .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes),
        ];
        return Riff("RIFF"u8, body);
    }

    /// <summary>A grey TIFF of several pages.</summary>
    /// <param name="width">As announced, in pixels.</param>
    /// <param name="height">As announced, in pixels.</param>
    /// <param name="pages">How many directories.</param>
    /// <param name="isRing">Whether the last is followed by the first again.</param>
    public static byte[] Tiff(int width, int height, int pages, bool isRing = false)
    {
        const int Header = 8, Entries = 9, Directory = 2 + (12 * Entries) + 4;
        var bytes = new List<byte>(Header + (pages * Directory) + 100);
        bytes.AddRange([(byte)'I', (byte)'I', 42, 0, .. Little(Header)]);
        for (var page = 0; page < pages; page++)
        {
            bytes.AddRange([Entries, 0]);
            ReadOnlySpan<(int Tag, int Value)> entries =
            [
                (256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, Header + (pages * Directory)), (277, 1), (278, height), (279, 100),
            ];
            foreach (var (tag, value) in entries)
            {
                bytes.AddRange([.. Little(tag).AsSpan(0, 2), 4, 0, .. Little(1), .. Little(value)]);
            }

            var next = page < pages - 1 ? Header + ((page + 1) * Directory) : isRing ? Header : 0;
            bytes.AddRange(Little(next));
        }

        bytes.AddRange(new byte[100]);
        return [.. bytes];
    }

    private static byte[] Riff(ReadOnlySpan<byte> name, byte[] content) => [.. name, .. Little(content.Length), .. content, .. new byte[content.Length % 2]];

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        return [.. Big(content.Length), .. named, .. Big((int)Crc32(named))];
    }

    // PNG, annex D.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320);
            }
        }

        return ~crc;
    }

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Little(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
