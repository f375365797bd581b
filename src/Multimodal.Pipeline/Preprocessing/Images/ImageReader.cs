using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Reads an image file within the limits: bytes, then the header, and only then the pixels.</summary>
internal sealed class ImageReader(IImageDecoder decoder, InputLimits limits)
{
    /// <summary>Reads the header.</summary>
    /// <exception cref="InputException">The image is beyond a limit, corrupt, or of a format that is not supported.</exception>
    public ImageHeader ReadHeader(InputContent content)
    {
        InputChecks.CheckSize(content, limits.MaximumBytes);
        var header = decoder.ReadHeader(content);
        CheckHeader(content.Name, header);
        return header;
    }

    /// <summary>Reads a whole picture, upright.</summary>
    /// <exception cref="InputException">The image is beyond a limit, corrupt, or of a format that is not supported.</exception>
    public PixelBuffer Read(InputContent content, string mediaType, out InputFacts facts)
    {
        var header = ReadHeader(content);
        var pixels = decoder.Decode(content);
        CheckSize(content.Name, header, pixels.Width, pixels.Height, reduction: 1);
        facts = FactsOf(content, mediaType, header);
        return ExifOrientation.Apply(pixels, header.Orientation);
    }

    /// <summary>Opens a picture whose header was read, as stored.</summary>
    /// <exception cref="InputException">The image is corrupt.</exception>
    public PixelRows Open(InputContent content, ImageHeader header, ImageDecoding decoding)
    {
        var rows = decoder.Open(content, decoding);
        try
        {
            CheckSize(content.Name, header, rows.Width, rows.Height, rows.Reduction);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>What is known of an image by its header.</summary>
    public static InputFacts FactsOf(InputContent content, string mediaType, ImageHeader header)
    {
        var swaps = ExifOrientation.SwapsSides(header.Orientation);
        return new InputFacts
        {
            MediaType = mediaType,
            Bytes = content.Bytes.Length,
            Width = swaps ? header.Height : header.Width,
            Height = swaps ? header.Width : header.Height,
            Notes = header.Frames > 1
                ? [string.Create(CultureInfo.InvariantCulture, $"the first of {header.Frames} frames was read")]
                : [],
        };
    }

    // The header was what the limits were checked against; a file that decodes to something else played foul.
    private static void CheckSize(string name, ImageHeader header, int width, int height, int reduction)
    {
        if (!Agree(header.Width, width, reduction) || !Agree(header.Height, height, reduction))
        {
            throw new InputException(
                InputErrorCodes.Corrupt,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' announces {header.Width}×{header.Height} pixels and decodes to {width}×{height}."),
                "Save the image again.");
        }
    }

    // Reduced, a last pixel that is not whole may be there or not.
    private static bool Agree(int announced, int decoded, int reduction) =>
        decoded >= Math.Max(announced / reduction, 1) && decoded <= (announced + reduction - 1) / reduction;

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

        if (header.Frames > limits.MaximumFrames)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"'{name}' has {header.Frames} frames; at most {limits.MaximumFrames} are counted."),
                "Send the picture that matters as JPEG or PNG.");
        }
    }

    private static InputException TooLarge(string name, ImageHeader header, FormattableString limit) => new(
        InputErrorCodes.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"'{name}' has {header.Width}×{header.Height} pixels; ") +
            limit.ToString(CultureInfo.InvariantCulture) + ".",
        "Reduce the image and send it again.");
}
