using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Whole pictures.</summary>
public static class ImageDecoderExtensions
{
    /// <summary>Decodes the first frame to 8-bit sRGB, whole and whatever its size.</summary>
    /// <exception cref="InputException">The content is corrupt or truncated.</exception>
    public static PixelBuffer Decode(this IImageDecoder decoder, InputContent content)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        using var rows = decoder.Open(content, _ => ImageDecoding.Default);
        return rows.ReadAll();
    }
}
