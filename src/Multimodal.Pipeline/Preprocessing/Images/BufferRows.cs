namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>The rows of a picture that lies in memory.</summary>
/// <param name="picture">The picture.</param>
/// <param name="header">What the file announced that it is of.</param>
internal sealed class BufferRows(PixelBuffer picture, ImageHeader header)
    : PixelRows(header, picture.Width, picture.Height, picture.Channels)
{
    /// <summary>The rows of a picture that is of no file.</summary>
    public BufferRows(PixelBuffer picture)
        : this(picture, new ImageHeader(picture.Width, picture.Height, Frames: 1, Orientation: 1))
    {
    }

    public override ReadOnlySpan<byte> Read(int top, int count) =>
        picture.Pixels.AsSpan(top * Width * Channels, count * Width * Channels);

    protected override void Dispose(bool disposing)
    {
    }
}
