using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// Reads a <c>fmt</c> chunk (Microsoft, "Multimedia Programming Interface and Data Specifications 1.0", and
/// <c>WAVEFORMATEXTENSIBLE</c>).
/// </summary>
internal static class WavFormatReader
{
    private const int BasicLength = 16;
    private const int ExtensibleLength = 40;
    private const int SubFormatOffset = 24;

    /// <exception cref="InputException">The chunk contradicts itself, or the encoding is not read.</exception>
    public static WavFormat Read(ReadOnlySpan<byte> chunk, bool bigEndian, string name)
    {
        if (chunk.Length < BasicLength)
        {
            throw WavFault.Corrupt(name, "its format chunk is too short");
        }

        int tag = WavInteger.UInt16(chunk, bigEndian);
        int channels = WavInteger.UInt16(chunk[2..], bigEndian);
        var rate = WavInteger.UInt32(chunk[4..], bigEndian);
        int frameBytes = WavInteger.UInt16(chunk[12..], bigEndian);
        int bits = WavInteger.UInt16(chunk[14..], bigEndian);
        if (tag == WavTags.Extensible)
        {
            tag = ReadSubFormat(chunk, bigEndian, name);
        }

        var encoding = Encoding(tag, name);
        if (channels == 0)
        {
            throw WavFault.Corrupt(name, "it announces 0 channels");
        }

        if (rate is < Resampler.MinimumRate or > Resampler.MaximumRate)
        {
            throw rate == 0 ? WavFault.Corrupt(name, "it announces 0 samples a second") : WavFault.Unsupported(
                name, string.Create(CultureInfo.InvariantCulture, $"{rate} samples a second"));
        }

        // The container is what the frame leaves for each channel: 12 or 20 valid bits lie at its upper end.
        var sampleBytes = frameBytes / channels;
        if (bits == 0 || frameBytes % channels != 0 || bits > sampleBytes * 8)
        {
            throw WavFault.Corrupt(
                name, string.Create(CultureInfo.InvariantCulture, $"{channels} channels of {bits} bits do not make frames of {frameBytes} bytes"));
        }

        if (!IsRead(encoding, sampleBytes))
        {
            throw WavFault.Unsupported(name, string.Create(CultureInfo.InvariantCulture, $"{bits} bits a sample"));
        }

        return new WavFormat(encoding, channels, (int)rate, sampleBytes, bigEndian);
    }

    private static int ReadSubFormat(ReadOnlySpan<byte> chunk, bool bigEndian, string name)
    {
        if (chunk.Length < ExtensibleLength)
        {
            throw WavFault.Corrupt(name, "its extensible format chunk is too short");
        }

        // The identifier is that of a format tag where it ends in the tail that those share (KSDATAFORMAT_SUBTYPE_WAVEFORMATEX).
        ReadOnlySpan<byte> tail = [0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];
        var tag = WavInteger.UInt32(chunk[SubFormatOffset..], bigEndian);
        return tag <= ushort.MaxValue && chunk.Slice(SubFormatOffset + 8, 8).SequenceEqual(tail)
            ? (int)tag
            : throw WavFault.Unsupported(name, "an encoding of its own kind");
    }

    private static WavEncoding Encoding(int tag, string name) => tag switch
    {
        WavTags.Pcm => WavEncoding.Pcm,
        WavTags.Float => WavEncoding.Float,
        WavTags.ALaw => WavEncoding.ALaw,
        WavTags.MuLaw => WavEncoding.MuLaw,
        _ => throw WavFault.Unsupported(name, WavTags.NameOf(tag)),
    };

    private static bool IsRead(WavEncoding encoding, int sampleBytes) => encoding switch
    {
        WavEncoding.Pcm => sampleBytes is >= 1 and <= 4,
        WavEncoding.Float => sampleBytes is 4 or 8,
        _ => sampleBytes == 1,
    };
}
