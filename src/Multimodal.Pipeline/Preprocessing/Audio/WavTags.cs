using System.Globalization;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Format tags of WAV (mmreg.h).</summary>
internal static class WavTags
{
    public const int Pcm = 0x0001;
    public const int Float = 0x0003;
    public const int ALaw = 0x0006;
    public const int MuLaw = 0x0007;
    public const int Extensible = 0xFFFE;

    /// <summary>The name of an encoding that is not read, to stand after "with".</summary>
    public static string NameOf(int tag) => tag switch
    {
        0x0002 => "Microsoft ADPCM",
        0x0011 => "IMA ADPCM",
        0x0031 => "GSM 6.10",
        0x0050 => "MPEG audio",
        0x0055 => "MP3",
        0x00FF or 0x1600 or 0x1610 => "AAC",
        0x0161 or 0x0162 or 0x0163 => "Windows Media Audio",
        0xF1AC => "FLAC",
        _ => string.Create(CultureInfo.InvariantCulture, $"the encoding 0x{tag:X4}"),
    };
}
