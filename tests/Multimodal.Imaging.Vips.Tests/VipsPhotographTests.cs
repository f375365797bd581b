using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Imaging;

namespace Multimodal.Imaging.Vips.Tests;

public sealed class VipsPhotographTests : PhotographConformance
{
    protected override IImageDecoder Decoder { get; } = new VipsImageDecoder();

    protected override ImageDecoderAbilities Abilities =>
        ImageDecoderAbilities.Avif | ImageDecoderAbilities.ColourConversion | ImageDecoderAbilities.LibjpegLevels;
}
