using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Pipeline.Tests.Preprocessing;

/// <summary>A decoder that gives what it was made with, and remembers whether pixels were asked for.</summary>
internal sealed class FakeImageDecoder(ImageHeader header, PixelBuffer? pixels = null) : IImageDecoder
{
    public bool Decoded { get; private set; }

    public ImageHeader ReadHeader(InputContent content) => header;

    public PixelRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide)
    {
        _ = decide(header);
        Decoded = true;
        return new BufferRows(pixels ?? new PixelBuffer(header.Width, header.Height, 1, new byte[header.Width * header.Height]), header);
    }
}
