namespace Multimodal.Testing.Imaging;

/// <summary>What not every image decoder can do. What one cannot, it refuses with a typed error.</summary>
[Flags]
public enum ImageDecoderAbilities
{
    /// <summary>The common ground: JPEG, PNG, WebP, GIF, TIFF and BMP in sRGB.</summary>
    None = 0,

    /// <summary>Reads AVIF.</summary>
    Avif = 1,

    /// <summary>Converts embedded colour profiles and CMYK to sRGB.</summary>
    ColourConversion = 2,

    /// <summary>Gives the very levels of libjpeg-turbo for JPEG; others upsample colour and round in ways of their own.</summary>
    LibjpegLevels = 4,

    /// <summary>Keeps pixels in native memory.</summary>
    NativeMemory = 8,

    /// <summary>Notices pixels that are missing within a file that is whole by its structure.</summary>
    MissingPixels = 16,
}
