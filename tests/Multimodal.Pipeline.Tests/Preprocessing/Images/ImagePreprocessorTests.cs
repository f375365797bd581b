using System.Text;
using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Tests.Golden;

namespace Multimodal.Pipeline.Tests.Preprocessing.Images;

public sealed class ImagePreprocessorTests
{
    private const string Clip = """{"image_processor_type":"CLIPImageProcessor","size":16,"crop_size":14}""";

    private static readonly InputContent AFile = new("a.png", new byte[] { 1 });

    [Fact]
    public void Preprocess_EveryGoldenCase_EqualsTransformersInEveryValue()
    {
        var cases = GoldenFile.Read<ProcessorCase>("processors.json");
        Assert.True(cases.Length >= 20);

        foreach (var c in cases)
        {
            var preprocessor = Create(c.Config, new PixelBuffer(c.Width, c.Height, 3, GoldenFile.Unpack(c.Source)));

            var tensor = preprocessor.Preprocess(AFile, "image/png").Tensors[ImagePreprocessor.PixelValues];
            var pixels = preprocessor.PreprocessPixels(AFile);

            Assert.Equal(c.Shape, tensor.Shape);
            Assert.Equal((c.Shape[2], c.Shape[1], 3), (pixels.Width, pixels.Height, pixels.Channels));
            Assert.True(GoldenFile.Unpack(c.Pixels).AsSpan().SequenceEqual(pixels.Pixels), c.Name);
            Assert.True(GoldenFile.Unpack(c.Values).AsSpan().SequenceEqual(tensor.Bytes.Span), c.Name);
        }
    }

    // Resampled as it is stored and put upright while it is written: the same bytes as if it had been turned before.
    [Fact]
    public void PreprocessPixels_AnyOrientation_EqualsThatOfTheUprightPicture() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 70], Gen.Int[1, 70], Gen.OneOf(Gen.Const(1), Gen.Const(3), Gen.Const(4)), Gen.Int, Gen.Bool).Sample(
            (orientation, width, height, channels, seed, crops) =>
            {
                var pixels = new byte[width * height * channels];
                new Random(seed).NextBytes(pixels);
                var stored = new PixelBuffer(width, height, channels, pixels);
                var config = crops ? Clip : """{"image_processor_type":"SiglipImageProcessor","size":{"height":19,"width":23}}""";

                var turned = Create(config, stored, orientation).PreprocessPixels(AFile);
                var upright = Create(config, ExifOrientation.Apply(stored, orientation)).PreprocessPixels(AFile);

                Assert.Equal(upright.Pixels, turned.Pixels);
            });

    [Fact]
    public void Preprocess_GreyOrTransparent_IsRgbWithoutAlpha()
    {
        byte[] levels = [.. Enumerable.Range(0, 20 * 20).Select(i => (byte)(i * 5))];
        var grey = Create(Clip, new PixelBuffer(20, 20, 1, levels)).PreprocessPixels(AFile).Pixels;
        var colour = Create(Clip, new PixelBuffer(20, 20, 3, [.. levels.SelectMany(l => new[] { l, l, l })])).PreprocessPixels(AFile).Pixels;
        var transparent = Create(Clip, new PixelBuffer(20, 20, 4, [.. levels.SelectMany(l => new byte[] { l, l, l, 0 })])).PreprocessPixels(AFile).Pixels;

        Assert.Equal(colour, grey);
        Assert.Equal(colour, transparent);
    }

    [Fact]
    public void Preprocess_Facts_AreOfTheUprightPicture()
    {
        var facts = Create(Clip, new PixelBuffer(20, 30, 1, new byte[600]), orientation: 6, frames: 3).Preprocess(AFile, "image/gif").Facts;

        Assert.Equal((30, 20, 1L, "image/gif"), (facts.Width, facts.Height, facts.Bytes, facts.MediaType));
        Assert.Contains("3 frames", Assert.Single(facts.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, 60_000, 1)]
    [InlineData(40_000, 10, 1)]
    [InlineData(20_000, 20_000, 1)]
    [InlineData(10, 10, 100_000)]
    public void Preprocess_BeyondALimit_IsRefusedByTheHeader(int width, int height, int frames)
    {
        var decoder = new FakeImageDecoder(new ImageHeader(width, height, frames, 1));
        var preprocessor = new ImagePreprocessor(new ImageSettings { Config = "" }, Parse(Clip), decoder, new InputLimits());

        var e = Assert.Throws<InputException>(() => preprocessor.Preprocess(AFile, "image/png"));

        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
        Assert.Contains("a.png", e.Error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Error.Remedy);
        Assert.False(decoder.Decoded);
    }

    // Without a crop a thin strip would become a tensor of gigabytes.
    [Fact]
    public void Preprocess_StripThatWouldBecomeHuge_IsRefusedByTheHeader()
    {
        var decoder = new FakeImageDecoder(new ImageHeader(30_000, 2, 1, 1));
        var config = Parse("""{"image_processor_type":"CLIPImageProcessor","do_center_crop":false}""");

        var e = Assert.Throws<InputException>(
            () => new ImagePreprocessor(new ImageSettings { Config = "" }, config, decoder, new InputLimits()).Preprocess(AFile, "image/png"));

        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
        Assert.False(decoder.Decoded);
    }

    [Fact]
    public void Preprocess_StripThatIsCropped_IsRead()
    {
        var tensor = Create("""{"image_processor_type":"CLIPImageProcessor"}""", new PixelBuffer(30_000, 2, 1, new byte[60_000]))
            .Preprocess(AFile, "image/png").Tensors[ImagePreprocessor.PixelValues];

        Assert.Equal([3, 224, 224], tensor.Shape);
    }

    [Theory]
    [InlineData(20, 21)]
    [InlineData(19, 20)]
    public void Preprocess_PixelsOtherThanAnnounced_IsCorrupt(int width, int height)
    {
        var decoder = new FakeImageDecoder(new ImageHeader(20, 20, 1, 1), new PixelBuffer(width, height, 1, new byte[width * height]));

        var e = Assert.Throws<InputException>(
            () => new ImagePreprocessor(new ImageSettings { Config = "" }, Parse(Clip), decoder, new InputLimits()).Preprocess(AFile, "image/png"));

        Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
    }

    [Theory]
    [InlineData(448, 448, 1, 1)]
    [InlineData(895, 2000, 1, 0.500559)]
    [InlineData(896, 896, 2, 0.5)]
    [InlineData(1792, 1800, 4, 0.25)]
    [InlineData(10_000, 3584, 8, 0.125)]
    [InlineData(10_000, 448, 1, 1)]
    public void DivisorOf_Sides_KeepsTheLeast(int width, int height, int divisor, double share)
    {
        var decoding = new ImageDecoding { LeastWidth = 448, LeastHeight = 448 };

        Assert.Equal(divisor, decoding.DivisorOf(width, height));
        Assert.Equal(share, decoding.ShareOf(width, height), 5);
        Assert.Equal((1, 1.0), (ImageDecoding.Default.DivisorOf(width, height), ImageDecoding.Default.ShareOf(width, height)));
    }

    // The same scene, every second pixel of it: what is cut off at the right and at the bottom still counts.
    [Fact]
    public void Create_ExtentWithAPartOfAPixel_CentresTheOutputsOnTheWhole()
    {
        using var whole = ResamplingAxis.Create(41, 41, 5, .., mirrored: false, ResamplingFilter.Bilinear);
        using var half = ResamplingAxis.Create(20, 20.5, 5, .., mirrored: false, ResamplingFilter.Bilinear);
        using var mirrored = ResamplingAxis.Create(20, 20.5, 5, .., mirrored: true, ResamplingFilter.Bilinear);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(CentreOf(whole, i) / 2, CentreOf(half, i), 0.05);
            Assert.Equal(CentreOf(half, i), CentreOf(mirrored, i), 0.05);
        }

        static double CentreOf(ResamplingAxis axis, int output)
        {
            var sum = 0.0;
            for (var k = 0; k < axis.Weights(output).Length; k++)
            {
                sum += (axis.First(output) + k + 0.5) * axis.Weights(output)[k];
            }

            return sum / (1 << ResamplingAxis.PrecisionBits);
        }
    }

    private static ImagePreprocessor Create(string config, PixelBuffer picture, int orientation = 1, int frames = 1) => new(
        new ImageSettings { Config = "" },
        Parse(config),
        new FakeImageDecoder(new ImageHeader(picture.Width, picture.Height, frames, orientation), picture),
        new InputLimits());

    private static ImageProcessorConfig Parse(string json) => ImageProcessorConfig.Parse(Encoding.UTF8.GetBytes(json), "preprocessor_config.json");

    private sealed record ProcessorCase(
        string Name, string Config, int Width, int Height, int[] Shape, string Source, string Pixels, string Values);
}
