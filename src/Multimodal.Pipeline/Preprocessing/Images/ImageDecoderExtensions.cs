using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Whole pictures.</summary>
public static class ImageDecoderExtensions
{
    // A strip fits the second cache, and the calls into the library do not count.
    private const int StripRows = 16;

    /// <summary>Decodes the first frame to 8-bit sRGB, whole.</summary>
    /// <exception cref="InputException">The content is corrupt or truncated.</exception>
    public static PixelBuffer Decode(this IImageDecoder decoder, InputContent content)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        using var rows = decoder.Open(content, ImageDecoding.Default);
        var pixels = new byte[checked(rows.Width * rows.Height * rows.Channels)];
        for (var top = 0; top < rows.Height; top += StripRows)
        {
            rows.Read(top, Math.Min(StripRows, rows.Height - top)).CopyTo(pixels.AsSpan(top * rows.Width * rows.Channels));
        }

        return new PixelBuffer(rows.Width, rows.Height, rows.Channels, pixels);
    }
}
