namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Resizes 8-bit pictures with the arithmetic of Pillow's <c>Image.resize</c> (src/libImaging/Resample.c): weights normalised in
/// double precision, rounded to 22 fractional bits, the horizontal pass before the vertical one, and a rounding to 8 bits after each.
/// Encoders are trained on pictures that went through Pillow; equal bytes here keep training and serving alike.
/// </summary>
public static class PillowResampler
{
    /// <summary>Resizes the whole picture; every channel by itself, alpha included.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="width">The new width in pixels, 1 or more.</param>
    /// <param name="height">The new height in pixels, 1 or more.</param>
    /// <param name="filter">The kernel.</param>
    /// <returns>A picture of that size; <paramref name="source"/> itself where it has the size already.</returns>
    public static PixelBuffer Resize(PixelBuffer source, int width, int height, ResamplingFilter filter) =>
        Resize(source, width, height, filter, vectorised: true);

    /// <summary>As the public one; without vectors on demand.</summary>
    internal static PixelBuffer Resize(PixelBuffer source, int width, int height, ResamplingFilter filter, bool vectorised)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (source.Width == width && source.Height == height)
        {
            return source;
        }

        var resized = new byte[checked(width * height * source.Channels)];
        using var rows = new BufferRows(source);
        using var across = ResamplingAxis.Create(source.Width, source.Width, width, .., mirrored: false, filter);
        using var down = ResamplingAxis.Create(source.Height, source.Height, height, .., mirrored: false, filter);
        using var resampler = new PictureResampler(rows, across, down, columnsFirst: false, source.Channels, vectorised);
        resampler.Run(new BufferSink(resized));
        return new PixelBuffer(width, height, source.Channels, resized);
    }
}
