using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Imaging;

namespace Multimodal.Imaging.ImageSharp.Tests;

public sealed class ImageSharpPreprocessorTests : ImagePreprocessorConformance
{
    protected override IImageDecoder Decoder { get; } = new ImageSharpDecoder();

    protected override ImageDecoderAbilities Abilities => ImageDecoderAbilities.None;
}
