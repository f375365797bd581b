using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Decodes single samples to a full scale of -1 to 1.</summary>
internal static class WavSamples
{
    private static readonly double[] ALaw = [.. Enumerable.Range(0, 256).Select(code => DecodeALaw(code) / 32768.0)];
    private static readonly double[] MuLaw = [.. Enumerable.Range(0, 256).Select(code => DecodeMuLaw(code) / 32768.0)];

    /// <summary>As many samples as the bytes hold.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, WavFormat format, Span<double> samples)
    {
        switch (format)
        {
            // What most files hold, in tight loops; the values are those of the general way.
            case { Encoding: WavEncoding.Pcm, SampleBytes: 2, BigEndian: false } when BitConverter.IsLittleEndian:
                var integers = MemoryMarshal.Cast<byte, short>(bytes);
                for (var i = 0; i < integers.Length; i++)
                {
                    samples[i] = integers[i] / 32768.0;
                }

                break;
            case { Encoding: WavEncoding.ALaw or WavEncoding.MuLaw }:
                var table = format.Encoding == WavEncoding.ALaw ? ALaw : MuLaw;
                for (var i = 0; i < bytes.Length; i++)
                {
                    samples[i] = table[bytes[i]];
                }

                break;
            default:
                for (int i = 0, at = 0; at < bytes.Length; i++, at += format.SampleBytes)
                {
                    samples[i] = Decode(bytes[at..], format);
                }

                break;
        }
    }

    /// <summary>One sample of <see cref="WavFormat.SampleBytes"/> bytes.</summary>
    public static double Decode(ReadOnlySpan<byte> sample, WavFormat format) => format.Encoding switch
    {
        WavEncoding.Pcm => DecodePcm(sample, format),
        WavEncoding.Float when format.SampleBytes == 4 => format.BigEndian
            ? BinaryPrimitives.ReadSingleBigEndian(sample) : BinaryPrimitives.ReadSingleLittleEndian(sample),
        WavEncoding.Float => format.BigEndian
            ? BinaryPrimitives.ReadDoubleBigEndian(sample) : BinaryPrimitives.ReadDoubleLittleEndian(sample),
        WavEncoding.ALaw => ALaw[sample[0]],
        _ => MuLaw[sample[0]],
    };

    /// <summary>The greatest positive sample that an encoding holds; floating point goes beyond 1, which is full scale all the same.</summary>
    public static double FullScale(WavFormat format) => format.Encoding switch
    {
        WavEncoding.Pcm => 1 - Math.Pow(2, 1 - (8 * format.SampleBytes)),
        WavEncoding.Float => 1,
        WavEncoding.ALaw => ALaw.Max(),
        _ => MuLaw.Max(),
    };

    private static double DecodePcm(ReadOnlySpan<byte> sample, WavFormat format)
    {
        switch (format.SampleBytes)
        {
            case 1:
                return (sample[0] - 128) / 128.0;
            case 2:
                return (short)WavInteger.UInt16(sample, format.BigEndian) / 32768.0;
            case 3:
                var (low, high) = format.BigEndian ? (sample[2], sample[0]) : (sample[0], sample[2]);
                return (((sbyte)high << 16) | (sample[1] << 8) | low) / 8388608.0;
            default:
                return (int)WavInteger.UInt32(sample, format.BigEndian) / 2147483648.0;
        }
    }

    // ITU-T G.711, table 1: every second bit inverted, sign, three bits of segment, four of step.
    private static int DecodeALaw(int code)
    {
        code ^= 0x55;
        var segment = (code >> 4) & 7;
        var step = ((code & 0x0F) << 4) + 8;
        var magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    // ITU-T G.711, table 2: all bits inverted, and a bias of 33 (132 at 16 bits).
    private static int DecodeMuLaw(int code)
    {
        code = ~code & 0xFF;
        var magnitude = ((((code & 0x0F) << 3) + 132) << ((code >> 4) & 7)) - 132;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }
}
