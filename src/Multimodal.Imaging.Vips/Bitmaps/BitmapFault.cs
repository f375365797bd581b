using Multimodal.Pipeline.Jobs;

namespace Multimodal.Imaging.Vips.Bitmaps;

/// <summary>The refusals of Windows bitmaps.</summary>
internal static class BitmapFault
{
    public static InputException Corrupt(string name, string what) => new(
        InputErrorCodes.Corrupt, $"'{name}' begins as image/bmp but is corrupt or truncated ({what}).", "Save the image again, best as PNG.");

    public static InputException Unsupported(string name, string what) => new(
        InputErrorCodes.Unsupported, $"'{name}' is a BMP image with {what}, which is not read.", "Save it as PNG.");
}
