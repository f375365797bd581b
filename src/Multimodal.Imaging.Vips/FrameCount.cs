using System.Buffers.Binary;
using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Imaging.Vips;

/// <summary>
/// Counts the frames of a WebP and the pages of a TIFF by the structure of the file alone. The libraries take time with the square of
/// their number, so that a small file could occupy a processor for minutes.
/// </summary>
internal static class FrameCount
{
    /// <summary>The most that are handed to the libraries.</summary>
    public const int Most = 10_000;

    /// <exception cref="InputException">There are more.</exception>
    public static void Check(InputContent content, string mediaType)
    {
        var bytes = content.Bytes.Span;
        var isBeyond = mediaType switch
        {
            MediaTypes.WebP => CountWebP(bytes) > Most,
            MediaTypes.Tiff => CountTiff(bytes) > Most,
            _ => false,
        };
        if (isBeyond)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"'{content.Name}' has more than {Most} frames or pages."),
                "Send the picture that matters as JPEG or PNG.");
        }
    }

    // RIFF: chunks of a name, a length and that many bytes, made even.
    private static int CountWebP(ReadOnlySpan<byte> bytes)
    {
        const int FirstChunk = 12, ChunkHeader = 8;
        var count = 0;
        for (long at = FirstChunk; at + ChunkHeader <= bytes.Length && count <= Most;)
        {
            var chunk = bytes[(int)at..];
            count += chunk.StartsWith("ANMF"u8) ? 1 : 0;
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at += ChunkHeader + length + (length % 2);
        }

        return count;
    }

    // TIFF 6.0, section 2, and BigTIFF: directories, each of which ends with the offset of the next.
    private static int CountTiff(ReadOnlySpan<byte> bytes)
    {
        var isLittle = bytes[0] == (byte)'I';
        var isBig = (isLittle ? bytes[2] : bytes[3]) == 43;
        var (countBytes, entryBytes, offsetBytes) = isBig ? (8, 20, 8) : (2, 12, 4);
        ulong at = 0, next = Read(bytes, isBig ? 8u : 4u, offsetBytes, isLittle);
        var count = 0;
        for (int lap = 1, steps = 0; next != 0 && next != at && next <= (ulong)bytes.Length && count <= Most; steps++)
        {
            if (steps == lap)
            {
                // A directory that comes again is a ring, which the library refuses by itself (Brent's algorithm).
                (at, lap, steps) = (next, lap * 2, 0);
            }

            count++;
            var entries = Read(bytes, next, countBytes, isLittle);
            next = entries > (ulong)bytes.Length ? 0 : Read(bytes, next + (ulong)countBytes + (entries * (ulong)entryBytes), offsetBytes, isLittle);
        }

        return count;
    }

    /// <summary>A number; 0 beyond the file's end.</summary>
    private static ulong Read(ReadOnlySpan<byte> bytes, ulong at, int length, bool isLittle)
    {
        if (at > (ulong)bytes.Length || (ulong)bytes.Length - at < (ulong)length)
        {
            return 0;
        }

        ulong number = 0;
        var digits = bytes.Slice((int)at, length);
        for (var i = 0; i < length; i++)
        {
            number = (number << 8) | digits[isLittle ? length - 1 - i : i];
        }

        return number;
    }
}
