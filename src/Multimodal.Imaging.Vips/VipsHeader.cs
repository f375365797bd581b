using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>What an image of libvips announces.</summary>
internal static class VipsHeader
{
    /// <summary>Reads it; no pixel is decoded.</summary>
    public static ImageHeader Of(Image image) => new(
        image.Width, image.Height, Math.Max(Number(image, "n-pages", 1), 1), Orientation(Number(image, "orientation", 1)));

    private static int Number(Image image, string field, int otherwise) =>
        image.Contains(field) && image.Get(field) is int number ? number : otherwise;

    private static int Orientation(int value) => value is >= 1 and <= 8 ? value : 1;
}
