using System.Globalization;
using Multimodal.Imaging.ImageSharp.Structure;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace Multimodal.Imaging.ImageSharp;

/// <summary>
/// Decodes JPEG, PNG, WebP, GIF, TIFF and BMP by ImageSharp. It converts no colours: what is not sRGB (CMYK, Lab, and an embedded profile
/// unless profiles are passed over) is refused, as is AVIF, which the library does not know. EXIF orientation is not applied. Safe for concurrent use.
/// </summary>
public sealed class ImageSharpDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public ImageHeader ReadHeader(InputContent content)
    {
        var mediaType = Detect(content);
        return Guard(content, mediaType, () => Identify(content).Header);
    }

    /// <inheritdoc/>
    public PixelRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        var mediaType = Detect(content);
        return Guard<PixelRows>(content, mediaType, () =>
        {
            var (info, header) = Identify(content);
            var decoding = decide(header);

            // The library fills what is missing with grey; half a picture is not what its sender uploaded.
            if (FileStructure.FindFault(content.Bytes.Span, mediaType) is { } fault)
            {
                throw Corrupt(content, mediaType, fault);
            }

            PictureColour.RequireSrgb(content.Name, mediaType, info, decoding.ConvertProfiles);
            return PictureColour.ChannelsOf(content.Bytes.Span, mediaType, info) switch
            {
                1 => Load<L8>(content, header, 1),
                3 => Load<Rgb24>(content, header, 3),
                _ => Load<Rgba32>(content, header, 4),
            };
        });
    }

    private static (ImageInfo Info, ImageHeader Header) Identify(InputContent content)
    {
        var info = Image.Identify(ImageSharpSetup.Header, content.Bytes.Span);
        return (info, new ImageHeader(info.Width, info.Height, Math.Max(info.FrameMetadataCollection.Count, 1), PictureOrientation.Of(info)));
    }

    // The library has a reduced decoding of its own (TargetSize), but its kernel is none that encoders were trained with; it is left out.
    private static FrameRows<TPixel> Load<TPixel>(InputContent content, ImageHeader header, int channels)
        where TPixel : unmanaged, IPixel<TPixel> =>
        new(header, Image.Load<TPixel>(ImageSharpSetup.Pixels, content.Bytes.Span), channels);

    private static string Detect(InputContent content)
    {
        var detected = ContentDetector.Detect(content);
        return detected switch
        {
            { MediaType: MediaTypes.Avif } => throw new InputException(
                InputErrorCodes.Unsupported,
                $"'{content.Name}' is an AVIF image, which this host's decoder (ImageSharp) does not read.",
                "Send it as JPEG, PNG or WebP, or have the host set Imaging:Decoder to vips."),
            { Modality: Modality.Image } => detected.MediaType,
            _ => throw new InputException(
                InputErrorCodes.Unsupported,
                $"'{content.Name}' is {detected.MediaType}, not an image.",
                "Send an image as JPEG, PNG, WebP, GIF, TIFF or BMP."),
        };
    }

    private static T Guard<T>(InputContent content, string mediaType, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidMemoryOperationException e)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"'{content.Name}' asks for more memory than one image may have ({e.Message})."),
                "Send a smaller image.",
                e);
        }
        catch (NotSupportedException e)
        {
            throw new InputException(
                InputErrorCodes.Unsupported,
                $"'{content.Name}' is {mediaType} of a kind that this host's decoder (ImageSharp) does not read ({e.Message}).",
                "Send it as JPEG or PNG, or have the host set Imaging:Decoder to vips.",
                e);
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException))
        {
            // Besides its own exceptions the library lets those of arrays, streams and arithmetic through where a file is broken.
            throw Corrupt(content, mediaType, e.Message, e);
        }
    }

    private static InputException Corrupt(InputContent content, string mediaType, string reason, Exception? e = null) => new(
        InputErrorCodes.Corrupt,
        $"'{content.Name}' begins as {mediaType} but is corrupt or truncated ({reason}).",
        "Save or export the image again and upload it whole.",
        e);
}
