using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>Brings an image of any colour space and depth to 8-bit grey, RGB or RGBA in sRGB.</summary>
internal static class VipsColour
{
    private const string Profile = "icc-profile-data";

    /// <summary>Converts; nothing is computed until the pixels are asked for. Every step's image is added to <paramref name="steps"/>.</summary>
    public static Image ToSrgb(Image image, VipsSteps steps)
    {
        image = ApplyProfile(image, steps);
        var grey = image.Bands - (image.HasAlpha() ? 1 : 0) < 3;
        var space = grey && image.Bands == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb;
        if (image.Interpretation != space || image.Format != Enums.BandFormat.Uchar)
        {
            image = steps.Add(image.Colourspace(space));
        }

        if (image.Bands is not (1 or 3 or 4))
        {
            image = steps.Add(image.ExtractBand(0, n: image.Bands == 2 ? 1 : 4));
        }

        return image.Format == Enums.BandFormat.Uchar ? image : steps.Add(image.Cast(Enums.BandFormat.Uchar));
    }

    /// <summary>
    /// The levels as they are stored: embedded profiles of RGB and grey are passed over and of 16 bits the upper 8 are taken, as Pillow does
    /// it. What is neither RGB nor grey is converted to sRGB.
    /// </summary>
    public static Image ToStoredLevels(Image image, VipsSteps steps)
    {
        switch (image.Interpretation, image.Format)
        {
            case (Enums.Interpretation.Srgb or Enums.Interpretation.Rgb or Enums.Interpretation.Bw, Enums.BandFormat.Uchar):
                break;
            case (Enums.Interpretation.Rgb16 or Enums.Interpretation.Grey16, Enums.BandFormat.Ushort):
                image = steps.Add(image.Cast(Enums.BandFormat.Uchar, shift: true));
                break;
            default:
                return ToSrgb(image, steps);
        }

        return image.Bands is 1 or 3 or 4 ? image : steps.Add(image.ExtractBand(0, n: image.Bands == 2 ? 1 : 4));
    }

    private static Image ApplyProfile(Image image, VipsSteps steps)
    {
        if (!image.Contains(Profile) || image.Get(Profile) is not byte[] profile || IsSrgb(profile))
        {
            return image;
        }

        try
        {
            return steps.Add(image.IccTransform("srgb", embedded: true, intent: Enums.Intent.Relative, depth: 8));
        }
        catch (VipsException)
        {
            // A profile that is broken or belongs to another colour space is no reason to refuse the picture: viewers ignore it too.
            return image;
        }
    }

    /// <summary>
    /// Whether a profile calls itself sRGB, in ASCII (ICC 2) or UTF-16 (ICC 4). There is nothing to convert then, and a conversion would
    /// still move some samples by one level.
    /// </summary>
    private static bool IsSrgb(ReadOnlySpan<byte> profile) =>
        profile.IndexOf("sRGB"u8) >= 0 || profile.IndexOf("\0s\0R\0G\0B"u8) >= 0;
}
