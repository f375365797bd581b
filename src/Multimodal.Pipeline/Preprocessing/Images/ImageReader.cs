using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Reads an image file within the limits: bytes, then the header, and only then the pixels.</summary>
internal sealed class ImageReader(IImageDecoder decoder, InputLimits limits)
{
    /// <summary>Reads a whole picture, upright.</summary>
    /// <exception cref="InputException">The image is beyond a limit, corrupt, or of a format that is not supported.</exception>
    public PixelBuffer Read(InputContent content, string mediaType, out InputFacts facts)
    {
        using var rows = Open(content, _ => ImageDecoding.Default);
        facts = FactsOf(content, mediaType, rows.Header);
        return ExifOrientation.Apply(rows.ReadAll(), rows.Header.Orientation);
    }

    /// <summary>Opens a picture, as stored.</summary>
    /// <param name="content">The file.</param>
    /// <param name="decide">How it is decoded; asked once the header was found to be within the limits.</param>
    /// <exception cref="InputException">The image is beyond a limit, corrupt, or of a format that is not supported.</exception>
    public PixelRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide)
    {
        InputChecks.CheckSize(content, limits.MaximumBytes);
        var rows = decoder.Open(content, header =>
        {
            CheckHeader(content.Name, header);
            return decide(header);
        });
        try
        {
            CheckSize(content.Name, rows);
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
    private static void CheckSize(string name, PixelRows rows)
    {
        var header = rows.Header;
        if (!Agrees(rows))
        {
            throw new InputException(
                InputErrorCodes.Corrupt,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' announces {header.Width}×{header.Height} pixels and decodes to {rows.Width}×{rows.Height}."),
                "Save the image again.");
        }
    }

    // Reduced, it must still have the proportions, but for a pixel.
    private static bool Agrees(PixelRows rows)
    {
        var (across, down) = ((double)rows.Width / rows.Header.Width, (double)rows.Height / rows.Header.Height);
        return rows.IsReduced
            ? across <= 1 && down <= 1 && Math.Abs(across - down) <= 1.0 / Math.Min(rows.Width, rows.Height)
            : across == 1 && down == 1;
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
