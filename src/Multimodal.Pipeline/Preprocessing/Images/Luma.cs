namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Brightness of RGB(A) pixels in integers, as Pillow's <c>convert("L")</c> (ITU-R BT.601 weights in 16 fractional bits).</summary>
public static class Luma
{
    /// <summary>Reduces to one channel; transparency is composited over white first.</summary>
    /// <returns>A picture of one channel; <paramref name="source"/> itself where it has one already.</returns>
    public static PixelBuffer From(PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Channels == 1)
        {
            return source;
        }

        var grey = new byte[source.Width * source.Height];
        var pixels = source.Pixels;
        if (source.Channels == 3)
        {
            for (int i = 0, at = 0; i < grey.Length; i++, at += 3)
            {
                grey[i] = Weigh(pixels[at], pixels[at + 1], pixels[at + 2]);
            }
        }
        else
        {
            for (int i = 0, at = 0; i < grey.Length; i++, at += 4)
            {
                int alpha = pixels[at + 3];
                grey[i] = Weigh(OverWhite(pixels[at], alpha), OverWhite(pixels[at + 1], alpha), OverWhite(pixels[at + 2], alpha));
            }
        }

        return new PixelBuffer(source.Width, source.Height, 1, grey);
    }

    private static byte Weigh(int red, int green, int blue) => (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + 32768) >> 16);

    private static int OverWhite(int value, int alpha) => ((value * alpha) + (255 * (255 - alpha)) + 127) / 255;
}
