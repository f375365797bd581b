using System.Buffers.Binary;

namespace Multimodal.Audio.FFmpeg;

/// <summary>The header that ffmpeg writes before samples.</summary>
/// <param name="SampleRate">Samples a second and channel.</param>
/// <param name="Channels">Channels.</param>
internal sealed record WavStream(int SampleRate, int Channels)
{
    private const int LongestChunk = 1 << 12;

    /// <summary>Reads up to the first sample; null where the stream ends before it.</summary>
    public static WavStream? Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[12];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return null;
        }

        WavStream? format = null;
        var chunk = header[..8];
        while (stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            if (chunk[..4].SequenceEqual("data"u8))
            {
                return format;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var body = new byte[length <= LongestChunk ? length : throw new InvalidDataException("ffmpeg wrote no header of WAV.")];
            stream.ReadExactly(body);
            if (chunk[..4].SequenceEqual("fmt "u8))
            {
                format = new WavStream(
                    BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(4)), BinaryPrimitives.ReadUInt16LittleEndian(body.AsSpan(2)));
            }
        }

        return null;
    }
}
