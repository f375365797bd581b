namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>The rows of a picture that lies in memory.</summary>
internal sealed class BufferRows(PixelBuffer picture) : PixelRows(picture.Width, picture.Height, picture.Channels)
{
    public override ReadOnlySpan<byte> Read(int top, int count) =>
        picture.Pixels.AsSpan(top * Width * Channels, count * Width * Channels);

    protected override void Dispose(bool disposing)
    {
    }
}
