using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Imaging.Vips.Tests;

/// <summary>Small files that would become large pictures: each is refused by its header, before memory is taken.</summary>
[CollectionDefinition(nameof(ImageBombTests), DisableParallelization = true)]
[Collection(nameof(ImageBombTests))]
public sealed class ImageBombTests
{
    // What libvips took at its highest, which others would add to if they ran meanwhile; the pictures would take gigabytes.
    private const ulong MostBytes = 64UL << 20;

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "PNG of 100,000 by 100,000", Png(100_000, 100_000, []) },
        { "PNG of 2^31-1 by 2^31-1", Png(int.MaxValue, int.MaxValue, []) },
        { "PNG of zeros that are packed a thousandfold", Png(30_000, 30_000, Zeros(30_000L * 1000)) },
        { "JPEG of 65,535 by 65,535", Patched(Black(jpeg => jpeg.JpegsaveBuffer()), Sof, 65_535, 65_535) },
        { "GIF of 65,535 by 65,535", Gif(65_535, 65_535) },
        { "BMP of 1,000,000 by 1,000,000", Bmp(1_000_000, 1_000_000) },
        { "TIFF of 4,000,000,000 by 4,000,000,000", Tiff(4_000_000_000, 4_000_000_000) },
        { "WebP of 16,384 by 16,384", WebP(16_384, 16_384) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Preprocess_Bomb_IsRefusedInTimeAndWithoutItsMemory(string what, byte[] content)
    {
        var preprocessor = new GlyphPreprocessor(new GlyphSettings(), new VipsImageDecoder(), new InputLimits());
        var input = new InputContent("bomb", content);
        var (begun, before) = (Stopwatch.GetTimestamp(), Stats.MemHighwater);

        var refusal = Assert.Throws<InputException>(() => preprocessor.Preprocess(input, ContentDetector.Detect(input).MediaType));

        Assert.True(refusal.Error.Code is InputErrorCodes.TooLarge or InputErrorCodes.Corrupt or InputErrorCodes.Unsupported, $"{what}: {refusal.Error.Code}");
        Assert.NotEmpty(refusal.Error.Remedy);
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(2), $"{what} took {Stopwatch.GetElapsedTime(begun)}");
        Assert.True(Stats.MemHighwater - before < MostBytes, $"{what} took {Stats.MemHighwater - before} bytes of libvips");
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000000\" height=\"1000000\"/>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&b;</text></svg>")]
    public void Detect_Svg_IsNoPictureToDecode(string svg)
    {
        Assert.NotEqual(Modality.Image, Kind(Encoding.UTF8.GetBytes(svg)));

        // Packed as browsers take it.
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(svg));
        }

        Assert.Null(Kind(packed.ToArray()));
    }

    [Fact]
    public void Detect_HeicOrArchive_IsRefusedUnread()
    {
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[64]];
        byte[] zip = [.. "PK\u0003\u0004"u8, .. new byte[64]];
        byte[] tar = new byte[1024];
        "../../etc/passwd"u8.CopyTo(tar);
        "ustar\0"u8.CopyTo(tar.AsSpan(257));

        Assert.Null(Kind(heic));
        Assert.Null(Kind(zip));
        Assert.Null(Kind(tar));
    }

    private static Modality? Kind(byte[] content)
    {
        try
        {
            return ContentDetector.Detect(new InputContent("a", content)).Modality;
        }
        catch (InputException e) when (e.Error.Code == InputErrorCodes.Unsupported)
        {
            return null;
        }
    }

    private static byte[] Png(int width, int height, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] typed = [.. type, .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(typed));
        return [.. length, .. typed, .. sum];
    }

    private static byte[] Zeros(long count)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            var block = new byte[1 << 20];
            for (var left = count; left > 0; left -= block.Length)
            {
                zlib.Write(block, 0, (int)Math.Min(left, block.Length));
            }
        }

        return packed.ToArray();
    }

    private static byte[] Black(Func<Image, byte[]> save)
    {
        using var black = Image.Black(16, 16, bands: 3);
        return save(black);
    }

    // The frame header of a baseline JPEG: marker, length, precision, then height and width.
    private static int Sof(byte[] jpeg) => jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;

    private static byte[] Patched(byte[] file, Func<byte[], int> at, ushort width, ushort height)
    {
        var place = at(file);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(place), height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(place + 2), width);
        return file;
    }

    private static byte[] Gif(ushort width, ushort height)
    {
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        return [.. "GIF89a"u8, .. size, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, .. size, 0, 2, 2, 0x4C, 1, 0, 0x3B];
    }

    private static byte[] Bmp(int width, int height)
    {
        var file = new byte[54 + 64];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        return file;
    }

    // One strip of one byte, eight bits, one sample; type 4 is LONG.
    private static byte[] Tiff(uint width, uint height)
    {
        (ushort Tag, uint Value)[] entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 1)];
        var file = new byte[8 + 2 + (12 * entries.Length) + 4];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)entries.Length);
        foreach (var (i, (tag, value)) in entries.Index())
        {
            var entry = file.AsSpan(10 + (12 * i));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
        }

        return file;
    }

    // A lossless header: the signature 0x2F, then 14 bits each of width and height, less one.
    private static byte[] WebP(int width, int height)
    {
        var bits = (uint)((width - 1) | ((height - 1) << 14));
        byte[] data = [0x2F, (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24), .. new byte[59]];
        var (size, length) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(size, 12 + data.Length);
        return [.. "RIFF"u8, .. size, .. "WEBPVP8L"u8, .. length, .. data];
    }
}
