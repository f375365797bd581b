using System.Buffers.Binary;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Detection;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Walks the chunks of a WAV file: in any order, padded to even offsets, unknown ones skipped.</summary>
internal static class WavLayoutReader
{
    private const int HeaderLength = 12;
    private const int ChunkHeaderLength = 8;

    /// <summary>Writers that could not seek back leave sizes at or above this one: 0x7FFFF000 (SoX) to 0xFFFFFFFF (FFmpeg).</summary>
    private const uint StreamingSize = 0x7FFFF000;

    /// <exception cref="InputException">A chunk that is needed is missing or malformed.</exception>
    public static WavLayout Read(ReadOnlySpan<byte> file, string name)
    {
        if (!WavSignature.Matches(file))
        {
            throw WavFault.Corrupt(name, "it does not begin with RIFF and WAVE");
        }

        var bigEndian = file.HasAt(0, "RIFX"u8);
        WavFormat? format = null;
        (int Start, long Announced)? data = null;
        long? longDataSize = null;
        for (var at = (long)HeaderLength; at + ChunkHeaderLength <= file.Length;)
        {
            var header = file[(int)at..];
            var size = (long)WavInteger.UInt32(header[4..], bigEndian);
            var body = header[ChunkHeaderLength..];
            if (header.HasAt(0, "fmt "u8) && format is null)
            {
                format = WavFormatReader.Read(body[..(int)Math.Min(size, body.Length)], bigEndian, name);
            }
            else if (header.HasAt(0, "ds64"u8) && body.Length >= 16)
            {
                // EBU Tech 3306: the size of the RIFF chunk, then that of the data chunk, 64 bits each.
                longDataSize = (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(body[8..]), long.MaxValue / 2);
            }
            else if (header.HasAt(0, "data"u8) && data is null)
            {
                size = DataSize((uint)size, longDataSize, body);
                data = ((int)at + ChunkHeaderLength, size);
            }

            at += ChunkHeaderLength + size + (size & 1);
        }

        if (format is null)
        {
            throw WavFault.Corrupt(name, "it has no format chunk");
        }

        if (data is not var (start, announced))
        {
            throw WavFault.Corrupt(name, "it has no data chunk");
        }

        var length = (int)Math.Min(announced, file.Length - start);
        return new WavLayout(format, start, length - (length % format.FrameBytes), announced, announced > length);
    }

    private static long DataSize(uint size, long? longSize, ReadOnlySpan<byte> body)
    {
        if (size == uint.MaxValue && longSize is { } announced)
        {
            return announced;
        }

        // A size that was never filled in means "up to the end". 0 may also be meant: then nothing follows, or another chunk does.
        return size >= StreamingSize || (size == 0 && !IsChunk(body)) ? body.Length : size;
    }

    private static bool IsChunk(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= ChunkHeaderLength && bytes[..4].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 &&
        Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])) <=
            bytes.Length - ChunkHeaderLength;
}
