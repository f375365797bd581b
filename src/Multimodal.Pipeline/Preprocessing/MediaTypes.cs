namespace Multimodal.Pipeline.Preprocessing;

/// <summary>The media types that content detection gives (IANA names).</summary>
public static class MediaTypes
{
    /// <summary>JPEG.</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>PNG, animated ones included.</summary>
    public const string Png = "image/png";

    /// <summary>WebP.</summary>
    public const string WebP = "image/webp";

    /// <summary>GIF.</summary>
    public const string Gif = "image/gif";

    /// <summary>TIFF and BigTIFF.</summary>
    public const string Tiff = "image/tiff";

    /// <summary>Windows bitmap.</summary>
    public const string Bmp = "image/bmp";

    /// <summary>AVIF.</summary>
    public const string Avif = "image/avif";

    /// <summary>WAV: RIFF, RIFX, RF64 or BW64.</summary>
    public const string Wav = "audio/wav";

    /// <summary>FLAC.</summary>
    public const string Flac = "audio/flac";

    /// <summary>MP3.</summary>
    public const string Mp3 = "audio/mpeg";

    /// <summary>Ogg with Vorbis, Opus, FLAC or Speex.</summary>
    public const string Ogg = "audio/ogg";

    /// <summary>MP4 without pictures: M4A and its kin, with AAC or ALAC.</summary>
    public const string Mp4 = "audio/mp4";

    /// <summary>AAC in ADTS frames.</summary>
    public const string Aac = "audio/aac";

    /// <summary>WebM without pictures.</summary>
    public const string WebM = "audio/webm";

    /// <summary>Matroska without pictures.</summary>
    public const string Matroska = "audio/matroska";

    /// <summary>Text, in any encoding that is read; its format is the pipeline's to declare.</summary>
    public const string Text = "text/plain";
}
