namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Decoded pixels: 8 bits a channel, row-major, channels interleaved.</summary>
public sealed class PixelBuffer
{
    /// <summary>Wraps pixels; they are not copied.</summary>
    /// <exception cref="ArgumentException">The array's length is not width × height × channels.</exception>
    public PixelBuffer(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Grey (1), RGB (3) or RGBA (4).");
        }

        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException($"{width}×{height}×{channels} pixels need {(long)width * height * channels} bytes, not {pixels.Length}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>1 (grey), 3 (RGB) or 4 (RGBA, alpha not premultiplied).</summary>
    public int Channels { get; }

    /// <summary>The samples, 0 to 255.</summary>
    public byte[] Pixels { get; }
}
