using Multimodal.Imaging.ImageSharp.Structure;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;

namespace Multimodal.Imaging.ImageSharp;

/// <summary>What an image's colours are: whether they are sRGB, and how many channels it takes to hold them.</summary>
internal static class PictureColour
{
    /// <summary>Refuses what is not sRGB; of RGB and grey only where an embedded profile is to be converted.</summary>
    /// <exception cref="InputException">The colours would have to be converted, which ImageSharp 3 does not do.</exception>
    public static void RequireSrgb(string name, string mediaType, ImageInfo info, bool convertsProfiles)
    {
        var space = mediaType switch
        {
            MediaTypes.Jpeg when info.Metadata.GetJpegMetadata().ColorType is JpegEncodingColor.Cmyk or JpegEncodingColor.Ycck => "CMYK colours",
            MediaTypes.Tiff when PhotometricOf(info) is { } photometric && !IsRead(photometric) => $"{photometric} colours",
            _ when convertsProfiles && FindProfile(info) is { } profile && !IsSrgb(profile.ToByteArray()) => "an embedded colour profile other than sRGB",
            _ => null,
        };
        if (space is not null)
        {
            throw new InputException(
                InputErrorCodes.Unsupported,
                $"'{name}' has {space}, which this host's decoder (ImageSharp) does not convert.",
                "Convert it to sRGB, or have the host set Imaging:Decoder to vips.");
        }
    }

    /// <summary>1 (grey), 3 (RGB) or 4 (RGBA).</summary>
    public static int ChannelsOf(ReadOnlySpan<byte> bytes, string mediaType, ImageInfo info) => mediaType switch
    {
        MediaTypes.Jpeg => info.Metadata.GetJpegMetadata().ColorType == JpegEncodingColor.Luminance ? 1 : 3,
        MediaTypes.Png => ChannelsOf(info.Metadata.GetPngMetadata()),
        MediaTypes.WebP => WebPStructure.HasAlpha(bytes) ? 4 : 3,
        MediaTypes.Gif => info.FrameMetadataCollection is [var first, ..] && first.GetGifMetadata().HasTransparency ? 4 : 3,
        MediaTypes.Tiff => ChannelsOfTiff(info),
        MediaTypes.Bmp => BitmapStructure.HasAlpha(bytes) ? 4 : 3,
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "ImageSharp is not used for this media type."),
    };

    private static int ChannelsOf(PngMetadata png) => png.ColorType switch
    {
        PngColorType.Grayscale => png.TransparentColor is null ? 1 : 4,
        PngColorType.Rgb => png.TransparentColor is null ? 3 : 4,
        PngColorType.Palette => png.ColorTable is { } table && IsTransparent(table.Span) ? 4 : 3,
        _ => 4,
    };

    private static bool IsTransparent(ReadOnlySpan<Color> palette)
    {
        foreach (var colour in palette)
        {
            if (colour.ToPixel<Rgba32>().A != byte.MaxValue)
            {
                return true;
            }
        }

        return false;
    }

    private static int ChannelsOfTiff(ImageInfo info) =>
        PhotometricOf(info) is TiffPhotometricInterpretation.BlackIsZero or TiffPhotometricInterpretation.WhiteIsZero ? 1
        : info.FrameMetadataCollection[0].GetTiffMetadata().BitsPerSample?.Channels == 4 ? 4
        : 3;

    private static TiffPhotometricInterpretation? PhotometricOf(ImageInfo info) =>
        info.FrameMetadataCollection is [var first, ..] ? first.GetTiffMetadata().PhotometricInterpretation : null;

    private static bool IsRead(TiffPhotometricInterpretation photometric) => photometric is
        TiffPhotometricInterpretation.BlackIsZero
        or TiffPhotometricInterpretation.WhiteIsZero
        or TiffPhotometricInterpretation.Rgb
        or TiffPhotometricInterpretation.PaletteColor
        or TiffPhotometricInterpretation.YCbCr;

    private static IccProfile? FindProfile(ImageInfo info) =>
        info.Metadata.IccProfile ?? (info.FrameMetadataCollection is [var first, ..] ? first.IccProfile : null);

    // It calls itself sRGB, in ASCII (ICC 2) or UTF-16 (ICC 4).
    private static bool IsSrgb(ReadOnlySpan<byte> profile) =>
        profile.IndexOf("sRGB"u8) >= 0 || profile.IndexOf("\0s\0R\0G\0B"u8) >= 0;
}
