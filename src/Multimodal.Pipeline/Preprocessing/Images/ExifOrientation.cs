namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Turns pictures upright by their EXIF orientation (EXIF 2.32, tag 0x0112).</summary>
public static class ExifOrientation
{
    /// <summary>Whether an orientation swaps width and height.</summary>
    public static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>Turns or mirrors a picture.</summary>
    /// <param name="source">The picture as stored.</param>
    /// <param name="orientation">1 to 8; anything else means 1, as for viewers of pictures.</param>
    /// <returns>The upright picture; <paramref name="source"/> itself where nothing is to be done.</returns>
    public static PixelBuffer Apply(PixelBuffer source, int orientation)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (orientation is < 2 or > 8)
        {
            return source;
        }

        // The position in the source of the upright picture's first pixel, and the steps to the next one to the right and below.
        int right = source.Width - 1, bottom = source.Height - 1;
        var (startX, startY, acrossX, acrossY, downX, downY) = orientation switch
        {
            2 => (right, 0, -1, 0, 0, 1),
            3 => (right, bottom, -1, 0, 0, -1),
            4 => (0, bottom, 1, 0, 0, -1),
            5 => (0, 0, 0, 1, 1, 0),
            6 => (0, bottom, 0, -1, 1, 0),
            7 => (right, bottom, 0, -1, -1, 0),
            _ => (right, 0, 0, 1, -1, 0),
        };

        var (width, height) = SwapsSides(orientation) ? (source.Height, source.Width) : (source.Width, source.Height);
        var channels = source.Channels;
        var pixels = new byte[source.Pixels.Length];
        var across = ((acrossY * source.Width) + acrossX) * channels;
        var to = 0;
        for (var y = 0; y < height; y++)
        {
            var from = (((startY + (y * downY)) * source.Width) + startX + (y * downX)) * channels;
            for (var x = 0; x < width; x++, from += across, to += channels)
            {
                for (var c = 0; c < channels; c++)
                {
                    pixels[to + c] = source.Pixels[from + c];
                }
            }
        }

        return new PixelBuffer(width, height, channels, pixels);
    }
}
