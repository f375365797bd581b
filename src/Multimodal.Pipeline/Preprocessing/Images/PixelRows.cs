using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// A picture that is being decoded: 8 bits a channel, channels interleaved, rows read from the top down. It need never lie in memory as a
/// whole. Not safe for concurrent use.
/// </summary>
public abstract class PixelRows : IDisposable
{
    /// <summary>Rows to read at once: such a strip stays in the processor's cache, and the calls do not count.</summary>
    public const int StripRows = 16;

    /// <summary>Describes the rows of a picture in its own size.</summary>
    /// <param name="header">What the file announces.</param>
    /// <param name="width">Width in pixels, 1 or more.</param>
    /// <param name="height">Height in pixels, 1 or more.</param>
    /// <param name="channels">1 (grey), 3 (RGB) or 4 (RGBA, alpha not premultiplied).</param>
    protected PixelRows(ImageHeader header, int width, int height, int channels)
        : this(header, width, height, channels, reducedExtent: null)
    {
    }

    /// <summary>Describes the rows of a picture that may be reduced.</summary>
    /// <param name="header">What the file announces.</param>
    /// <param name="width">Width in pixels, 1 or more.</param>
    /// <param name="height">Height in pixels, 1 or more.</param>
    /// <param name="channels">1 (grey), 3 (RGB) or 4 (RGBA, alpha not premultiplied).</param>
    /// <param name="reducedExtent">What the stored picture spans, in these pixels; null: it is not reduced.</param>
    protected PixelRows(ImageHeader header, int width, int height, int channels, (double Width, double Height)? reducedExtent)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Grey (1), RGB (3) or RGBA (4).");
        }

        Header = header;
        Width = width;
        Height = height;
        Channels = channels;
        IsReduced = reducedExtent is not null;
        Extent = reducedExtent ?? (width, height);
    }

    /// <summary>What the file announces.</summary>
    public ImageHeader Header { get; }

    /// <summary>Width in pixels, reduced or not.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, reduced or not.</summary>
    public int Height { get; }

    /// <summary>1 (grey), 3 (RGB) or 4 (RGBA, alpha not premultiplied).</summary>
    public int Channels { get; }

    /// <summary>Whether the picture was made smaller while it was decoded.</summary>
    public bool IsReduced { get; }

    /// <summary>
    /// What the stored picture spans, in these pixels: their number, unless it was reduced and a last pixel that is not whole was dropped.
    /// </summary>
    public (double Width, double Height) Extent { get; }

    /// <summary>Reads rows.</summary>
    /// <param name="top">The first; no row may be asked for that lies above one that was read.</param>
    /// <param name="count">How many, 1 or more; all of them within the picture.</param>
    /// <returns>[count, width, channels], valid until the next call.</returns>
    /// <exception cref="InputException">The content is corrupt or truncated.</exception>
    public abstract ReadOnlySpan<byte> Read(int top, int count);

    /// <summary>Reads all rows into memory.</summary>
    /// <exception cref="InputException">The content is corrupt or truncated.</exception>
    public PixelBuffer ReadAll()
    {
        var length = Width * Channels;
        var pixels = new byte[checked(Height * length)];
        for (var top = 0; top < Height; top += StripRows)
        {
            Read(top, Math.Min(StripRows, Height - top)).CopyTo(pixels.AsSpan(top * length));
        }

        return new PixelBuffer(Width, Height, Channels, pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the rows hold.</summary>
    protected abstract void Dispose(bool disposing);
}
