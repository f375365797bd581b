using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Reads an image file within the limits: bytes, then the header, and only then the pixels; gives them upright.</summary>
internal sealed class ImageReader(IImageDecoder decoder, InputLimits limits)
{
    /// <exception cref="InputException">The image is beyond a limit, corrupt, or of a format that is not supported.</exception>
    public PixelBuffer Read(InputContent content, string mediaType, out InputFacts facts)
    {
        InputChecks.CheckSize(content, limits.MaximumBytes);
        var header = decoder.ReadHeader(content);
        CheckHeader(content.Name, header);
        var pixels = decoder.Decode(content);

        // The header was what the limits were checked against; a file that decodes to something else played foul.
        if (pixels.Width != header.Width || pixels.Height != header.Height)
        {
            throw new InputException(
                InputErrorCodes.Corrupt,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{content.Name}' announces {header.Width}×{header.Height} pixels and decodes to {pixels.Width}×{pixels.Height}."),
                "Save the image again.");
        }

        var upright = ExifOrientation.Apply(pixels, header.Orientation);
        facts = new InputFacts
        {
            MediaType = mediaType,
            Bytes = content.Bytes.Length,
            Width = upright.Width,
            Height = upright.Height,
            Notes = header.Frames > 1
                ? [string.Create(CultureInfo.InvariantCulture, $"the first of {header.Frames} frames was read")]
                : [],
        };
        return upright;
    }

    private void CheckHeader(string name, ImageHeader header)
    {
        var side = Math.Max(header.Width, header.Height);
        var pixels = (long)header.Width * header.Height;
        if (side > limits.MaximumSide)
        {
            throw TooLarge(name, header, $"at most {limits.MaximumSide} pixels a side are read");
        }

        // Four channels of a picture must fit an array, whatever the limit says.
        if (pixels > Math.Min(limits.MaximumPixels, Array.MaxLength / 4))
        {
            throw TooLarge(name, header, $"at most {limits.MaximumPixels} pixels are read");
        }
    }

    private static InputException TooLarge(string name, ImageHeader header, FormattableString limit) => new(
        InputErrorCodes.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"'{name}' has {header.Width}×{header.Height} pixels; ") +
            limit.ToString(CultureInfo.InvariantCulture) + ".",
        "Reduce the image and send it again.");
}
