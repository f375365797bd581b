using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Imaging;
using NetVips;

namespace Multimodal.Imaging.Vips.Tests;

public sealed class VipsImageDecoderTests : ImageDecoderConformance
{
    protected override IImageDecoder Decoder { get; } = new VipsImageDecoder();

    protected override ImageDecoderAbilities Abilities =>
        ImageDecoderAbilities.Avif | ImageDecoderAbilities.ColourConversion | ImageDecoderAbilities.LibjpegLevels;

    [Fact]
    public void Require_Loaders_OnlyThoseOfDetectedFormatsRun()
    {
        VipsRuntime.Require();

        Assert.Throws<VipsException>(() => Image.SvgloadBuffer("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray()));
        using var png = Image.PngloadBuffer(ImageCase.All[0].Content.Bytes.ToArray());
        Assert.Equal(13, png.Width);
    }

    [Theory]
    [InlineData(30, 1, InputErrorCodes.Unsupported)]
    [InlineData(28, 7, InputErrorCodes.Corrupt)]
    [InlineData(18, 0, InputErrorCodes.Corrupt)]
    public void Decode_BitmapHeaderThatIsNotRead_IsRefused(int offset, byte value, string code)
    {
        var content = ImageCase.All.Single(c => c.Name == "rgb.bmp").Content;
        var bytes = content.Bytes.ToArray();
        bytes[offset] = value;

        Assert.Equal(code, Assert.Throws<InputException>(() => Decoder.Decode(content with { Bytes = bytes })).Error.Code);
    }
}
