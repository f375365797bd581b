using System.Buffers.Binary;
using System.Text;

namespace Multimodal.Testing;

/// <summary>
/// Writes WAV files for tests, sound ones and, by <see cref="DataSize"/> and <see cref="Chunks"/>, odd ones. It shares no code with the reader.
/// </summary>
public sealed record WavFile
{
    /// <summary>Interleaved samples; full scale is -1 to 1.</summary>
    public required double[] Samples { get; init; }

    public int SampleRate { get; init; } = 8000;

    public int Channels { get; init; } = 1;

    public WavSampleFormat Format { get; init; } = WavSampleFormat.Pcm16;

    /// <summary>Whether the format chunk is a WAVEFORMATEXTENSIBLE.</summary>
    public bool Extensible { get; init; }

    /// <summary>Whether the file is RIFX.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Whether the file is RF64, its data size in a ds64 chunk.</summary>
    public bool Long { get; init; }

    /// <summary>The size that the data chunk announces, where it is not the true one.</summary>
    public uint? DataSize { get; init; }

    /// <summary>The order of the chunks; a name other than <c>fmt </c> and <c>data</c> is written with three bytes of content.</summary>
    public IReadOnlyList<string> Chunks { get; init; } = ["fmt ", "data"];

    /// <summary>The bytes of a sine.</summary>
    public static double[] Sine(double hertz, double seconds, int rate = 8000, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => amplitude * Math.Sin(2 * Math.PI * hertz * i / rate))];

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var body = new List<byte>(Encoding.ASCII.GetBytes("WAVE"));
        if (Long)
        {
            var sizes = new byte[28];
            BinaryPrimitives.WriteUInt64LittleEndian(sizes.AsSpan(8), (ulong)(Samples.Length * Bits / 8));
            Append(body, "ds64", sizes, (uint)sizes.Length);
        }

        foreach (var chunk in Chunks)
        {
            switch (chunk)
            {
                case "fmt ":
                    var format = FormatChunk();
                    Append(body, chunk, format, (uint)format.Length);
                    break;
                case "data":
                    var data = Samples.SelectMany(Encode).ToArray();
                    Append(body, chunk, data, Long ? uint.MaxValue : DataSize ?? (uint)data.Length);
                    break;
                default:
                    Append(body, chunk, [1, 2, 3], 3);
                    break;
            }
        }

        return [.. Encoding.ASCII.GetBytes(Long ? "RF64" : BigEndian ? "RIFX" : "RIFF"), .. Number((uint)body.Count, 4), .. body];
    }

    private int Bits => Format switch
    {
        WavSampleFormat.Pcm16 => 16,
        WavSampleFormat.Pcm24 => 24,
        WavSampleFormat.Pcm32 or WavSampleFormat.Float32 => 32,
        WavSampleFormat.Float64 => 64,
        _ => 8,
    };

    private void Append(List<byte> body, string name, byte[] content, uint size)
    {
        body.AddRange(Encoding.ASCII.GetBytes(name));
        body.AddRange(Number(size, 4));
        body.AddRange(content);
        if (content.Length % 2 != 0)
        {
            body.Add(0);
        }
    }

    private byte[] FormatChunk()
    {
        var tag = Format switch
        {
            WavSampleFormat.Float32 or WavSampleFormat.Float64 => 3u,
            WavSampleFormat.ALaw => 6u,
            WavSampleFormat.MuLaw => 7u,
            _ => 1u,
        };
        byte[] basic =
        [
            .. Number(Extensible ? 0xFFFE : tag, 2), .. Number((uint)Channels, 2), .. Number((uint)SampleRate, 4),
            .. Number((uint)(SampleRate * Channels * Bits / 8), 4), .. Number((uint)(Channels * Bits / 8), 2), .. Number((uint)Bits, 2),
        ];
        return !Extensible ? basic :
        [
            .. basic, .. Number(22, 2), .. Number((uint)Bits, 2), .. Number(0, 4),
            .. Number(tag, 4), .. Number(0, 2), .. Number(0x10, 2), 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71,
        ];
    }

    private byte[] Encode(double sample) => Format switch
    {
        WavSampleFormat.Pcm8 => [(byte)(Quantise(sample, 128) + 128)],
        WavSampleFormat.Pcm16 => Number(Quantise(sample, 32768), 2),
        WavSampleFormat.Pcm24 => Number(Quantise(sample, 8388608), 3),
        WavSampleFormat.Pcm32 => Number(Quantise(sample, 2147483648), 4),
        WavSampleFormat.Float32 => Number(BitConverter.SingleToUInt32Bits((float)sample), 4),
        WavSampleFormat.Float64 => Number((long)BitConverter.DoubleToUInt64Bits(sample), 8),
        WavSampleFormat.ALaw => [G711.EncodeALaw((int)Quantise(sample, 32768))],
        _ => [G711.EncodeMuLaw((int)Quantise(sample, 32768))],
    };

    private static long Quantise(double sample, double scale) => (long)Math.Clamp(Math.Round(sample * scale), -scale, scale - 1);

    private byte[] Number(long value, int bytes)
    {
        var written = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            written[BigEndian ? bytes - 1 - i : i] = (byte)(value >> (8 * i));
        }

        return written;
    }
}
