using Multimodal.Imaging.Vips.Bitmaps;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>
/// Decodes JPEG, PNG, WebP, GIF, TIFF and AVIF by libvips, and BMP, which libvips does not read, by itself. Only these formats are let
/// through, whatever loaders the native library has. Embedded colour profiles are converted to sRGB; EXIF orientation is not applied.
/// AVIF's own rotation belongs to its decoding, and its EXIF orientation is dropped, so that nothing is turned twice.
/// Safe for concurrent use; libvips starts at the first image.
/// </summary>
public sealed class VipsImageDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public ImageHeader ReadHeader(InputContent content)
    {
        var mediaType = Detect(content);
        return mediaType == MediaTypes.Bmp ? BitmapHeaderReader.Read(content).ToImageHeader() : Guard(content, mediaType, () =>
        {
            using var source = VipsSource.Of(content.Bytes);
            using var image = VipsLoader.Open(source, mediaType);
            return VipsHeader.Of(image);
        });
    }

    /// <inheritdoc/>
    public PixelRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        var mediaType = Detect(content);
        return mediaType == MediaTypes.Bmp
            ? BitmapRows.Open(content, decide)
            : Guard(content, mediaType, () => VipsRows.Open(content, mediaType, decide));
    }

    private static string Detect(InputContent content)
    {
        var detected = ContentDetector.Detect(content);
        return detected.Modality == Modality.Image ? detected.MediaType : throw new InputException(
            InputErrorCodes.Unsupported,
            $"'{content.Name}' is {detected.MediaType}, not an image.",
            "Send an image as JPEG, PNG, WebP, GIF, TIFF, BMP or AVIF.");
    }

    private static T Guard<T>(InputContent content, string mediaType, Func<T> read)
    {
        VipsRuntime.Require();
        FrameCount.Check(content, mediaType);
        try
        {
            return read();
        }
        catch (VipsException e)
        {
            throw VipsFault.Corrupt(content, mediaType, e);
        }
    }
}
