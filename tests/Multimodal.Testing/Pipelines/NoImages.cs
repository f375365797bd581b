using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Testing.Pipelines;

/// <summary>The image port of a host that gets no images.</summary>
public sealed class NoImages : IImageDecoder
{
    public ImageHeader ReadHeader(InputContent content) => throw new NotSupportedException();

    public PixelRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide) => throw new NotSupportedException();
}
