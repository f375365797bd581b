using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Multimodal.Testing;
using Multimodal.Testing.Audio;

namespace Multimodal.Local.Tests.Privacy;

/// <summary>Files with texts planted where programs and devices leave them.</summary>
internal static class PlantedFiles
{
    private static readonly string Samples = Path.Combine(TestPaths.Models, "digits", "samples");

    /// <summary>A picture of a digit with a comment, an author and Exif data of a device and a place.</summary>
    public static byte[] Png(string secret)
    {
        var png = File.ReadAllBytes(Directory.EnumerateFiles(Samples, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First());

        // After the header, 8 + 25 bytes.
        return
        [
            .. png[..33],
            .. Chunk("tEXt", Encoding.Latin1.GetBytes($"Author\0{secret}")),
            .. Chunk("iTXt", Encoding.UTF8.GetBytes($"Comment\0\0\0\0\0{secret} 48.8584 N")),
            .. Chunk("eXIf", Exif(secret)),
            .. png[33..],
        ];
    }

    /// <summary>A JPEG of a bar on white with Exif data and a comment.</summary>
    public static byte[] Jpeg(string secret)
    {
        using var white = NetVips.Image.Black(40, 60) + 255;
        using var bar = white.Cast(NetVips.Enums.BandFormat.Uchar).Mutate(image => image.DrawRect([0.0], 18, 8, 5, 44, fill: true));
        var jpeg = bar.JpegsaveBuffer();
        return [.. jpeg[..2], .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(secret)]), .. Segment(0xFE, Encoding.UTF8.GetBytes(secret)), .. jpeg[2..]];
    }

    /// <summary>A recording with an artist, a comment and a device.</summary>
    public static byte[] Wav(string secret)
    {
        var wav = File.ReadAllBytes(Directory.EnumerateFiles(Samples, "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First());
        var text = Encoding.UTF8.GetBytes($"{secret}\0{(secret.Length % 2 == 0 ? "\0" : "")}");
        byte[] info = [.. "INFO"u8, .. Tag("IART", text), .. Tag("ICMT", text), .. Tag("ISFT", text)];
        byte[] all = [.. wav, .. Tag("LIST", info), .. Tag("id3 ", [.. "ID3\u0003\0\0\0\0\0\u0014TPE1"u8, .. text])];
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(4), (uint)(all.Length - 8));
        return all;
    }

    /// <summary>The recording in a format with tags; null where there is no ffmpeg to make it.</summary>
    public static byte[]? Tagged(string secret, string extension, params string[] arguments) => FFmpegTool.IsPresent
        ? FFmpegTool.Encode(
            Wav(secret), extension, [.. arguments, "-metadata", $"artist={secret}", "-metadata", $"comment={secret}", "-metadata", $"location={secret}", "-metadata", $"encoder={secret}"])
        : null;

    // Little-endian TIFF: what it shows, who made the device, who took it; and where.
    private static byte[] Exif(string secret)
    {
        var text = Encoding.ASCII.GetBytes(secret + "\0");
        const int Entries = 4;
        const int Gps = 8 + 2 + (Entries * 12) + 4;
        const int Texts = Gps + 2 + (2 * 12) + 4;
        var exif = new byte[Texts + text.Length];
        "II*\0"u8.CopyTo(exif);
        Write32(4, 8);
        Write16(8, Entries);
        Entry(10, 0x010E, 2, text.Length, Texts);
        Entry(22, 0x010F, 2, text.Length, Texts);
        Entry(34, 0x013B, 2, text.Length, Texts);
        Entry(46, 0x8825, 4, 1, Gps);
        Write16(Gps, 2);
        Entry(Gps + 2, 0x0012, 2, text.Length, Texts);
        Entry(Gps + 14, 0x001B, 2, text.Length, Texts);
        text.CopyTo(exif, Texts);
        return exif;

        void Entry(int at, int tag, int type, int count, int value)
        {
            Write16(at, tag);
            Write16(at + 2, type);
            Write32(at + 4, count);
            Write32(at + 8, value);
        }

        void Write16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(exif.AsSpan(at), (ushort)value);
        void Write32(int at, int value) => BinaryPrimitives.WriteUInt32LittleEndian(exif.AsSpan(at), (uint)value);
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    private static byte[] Segment(byte marker, byte[] content)
    {
        var segment = new byte[4 + content.Length];
        (segment[0], segment[1]) = (0xFF, marker);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(content.Length + 2));
        content.CopyTo(segment, 4);
        return segment;
    }

    private static byte[] Tag(string name, byte[] content)
    {
        var tag = new byte[8 + content.Length];
        Encoding.ASCII.GetBytes(name).CopyTo(tag, 0);
        BinaryPrimitives.WriteInt32LittleEndian(tag.AsSpan(4), content.Length);
        content.CopyTo(tag, 8);
        return tag;
    }
}
