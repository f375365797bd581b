using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Imaging;

namespace Multimodal.Imaging.ImageSharp.Tests;

public sealed class ImageSharpDecoderTests : ImageDecoderConformance
{
    protected override IImageDecoder Decoder { get; } = new ImageSharpDecoder();

    protected override ImageDecoderAbilities Abilities => ImageDecoderAbilities.None;

    // Channels of 5 or 6 bits are widened with rounding.
    protected override int ToleranceOf(string name) => name is "555.bmp" or "masks-565.bmp" ? 1 : 0;
}
