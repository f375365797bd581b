using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Isolates the ink of one glyph in a grey picture, scales it and centres it by its mass.</summary>
internal static class GlyphExtractor
{
    /// <summary>Ink that stands out from the background by fewer levels than this (of 255) is no ink.</summary>
    public const int MinimumInk = 24;

    /// <summary>The margin around the ink's box is the box's longer side divided by this, rounded.</summary>
    private const int MarginDivisor = 20;

    /// <summary>Extracts the glyph.</summary>
    /// <param name="grey">One channel, upright.</param>
    /// <param name="settings">The sides of field and box.</param>
    /// <returns>Ink of 0 (none) to 255 (strongest), [size, size]; null where the picture is blank.</returns>
    public static byte[]? Extract(PixelBuffer grey, GlyphSettings settings)
    {
        if (Math.Max(grey.Width, grey.Height) > settings.MaximumSide)
        {
            grey = Scale(grey, settings.MaximumSide);
        }

        var ink = Ink(grey);
        if (Strongest(ink.Pixels) < MinimumInk)
        {
            return null;
        }

        var glyph = Scale(CropToInk(ink), settings.Box);
        Stretch(glyph.Pixels);
        return Centre(glyph, settings.Size);
    }

    private static PixelBuffer Scale(PixelBuffer picture, int longest)
    {
        var greatest = Math.Max(picture.Width, picture.Height);
        return PillowResampler.Resize(
            picture, Scaled(picture.Width, greatest, longest), Scaled(picture.Height, greatest, longest), ResamplingFilter.Bilinear);
    }

    // Product before quotient, in double: the last bit decides at .5.
    private static int Scaled(int side, int greatest, int longest) => Math.Max(1, (int)(((double)side * longest / greatest) + 0.5));

    private static PixelBuffer Ink(PixelBuffer grey)
    {
        var background = BorderMedian(grey);
        var ink = new byte[grey.Pixels.Length];
        for (var i = 0; i < ink.Length; i++)
        {
            ink[i] = (byte)Math.Abs(grey.Pixels[i] - background);
        }

        return new PixelBuffer(grey.Width, grey.Height, 1, ink);
    }

    /// <summary>The upper median of the outermost rows and columns; the corners count twice.</summary>
    private static int BorderMedian(PixelBuffer grey)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        for (var x = 0; x < grey.Width; x++)
        {
            histogram[grey.Pixels[x]]++;
            histogram[grey.Pixels[((grey.Height - 1) * grey.Width) + x]]++;
        }

        for (var y = 0; y < grey.Height; y++)
        {
            histogram[grey.Pixels[y * grey.Width]]++;
            histogram[grey.Pixels[(y * grey.Width) + grey.Width - 1]]++;
        }

        // sorted[n / 2] is the first level whose cumulative count exceeds n / 2.
        var level = 0;
        for (var passed = histogram[0]; passed <= grey.Width + grey.Height; passed += histogram[level])
        {
            level++;
        }

        return level;
    }

    private static PixelBuffer CropToInk(PixelBuffer ink)
    {
        var threshold = OtsuThreshold.Find(ink.Pixels);
        int left = ink.Width, right = 0, top = ink.Height, bottom = 0;
        for (var y = 0; y < ink.Height; y++)
        {
            var row = ink.Pixels.AsSpan(y * ink.Width, ink.Width);
            var first = row.IndexOfAnyExceptInRange((byte)0, (byte)threshold);
            if (first < 0)
            {
                continue;
            }

            left = Math.Min(left, first);
            right = Math.Max(right, row.LastIndexOfAnyExceptInRange((byte)0, (byte)threshold) + 1);
            top = Math.Min(top, y);
            bottom = y + 1;
        }

        var margin = (Math.Max(right - left, bottom - top) + (MarginDivisor / 2)) / MarginDivisor;
        left = Math.Max(left - margin, 0);
        top = Math.Max(top - margin, 0);
        right = Math.Min(right + margin, ink.Width);
        bottom = Math.Min(bottom + margin, ink.Height);

        var cropped = new byte[(right - left) * (bottom - top)];
        for (var y = top; y < bottom; y++)
        {
            ink.Pixels.AsSpan((y * ink.Width) + left, right - left).CopyTo(cropped.AsSpan((y - top) * (right - left)));
        }

        return new PixelBuffer(right - left, bottom - top, 1, cropped);
    }

    private static void Stretch(byte[] levels)
    {
        int strongest = Strongest(levels);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = (byte)(((levels[i] * 255) + (strongest / 2)) / strongest);
        }
    }

    private static int Strongest(byte[] levels) => TensorPrimitives.Max<byte>(levels);

    private static byte[] Centre(PixelBuffer glyph, int size)
    {
        long mass = 0, massX = 0, massY = 0;
        for (var y = 0; y < glyph.Height; y++)
        {
            for (var x = 0; x < glyph.Width; x++)
            {
                long level = glyph.Pixels[(y * glyph.Width) + x];
                mass += level;
                massX += level * x;
                massY += level * y;
            }
        }

        var left = Offset((double)massX / mass, glyph.Width, size);
        var top = Offset((double)massY / mass, glyph.Height, size);
        var field = new byte[size * size];
        for (var y = 0; y < glyph.Height; y++)
        {
            glyph.Pixels.AsSpan(y * glyph.Width, glyph.Width).CopyTo(field.AsSpan(((top + y) * size) + left));
        }

        return field;
    }

    private static int Offset(double centre, int extent, int size) =>
        Math.Clamp((int)Math.Floor(((size - 1) / 2.0) - centre + 0.5), 0, size - extent);
}
