using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Tests.Golden;

namespace Multimodal.Pipeline.Tests.Preprocessing.Images;

public sealed class GlyphPreprocessorTests
{
    private static readonly InputContent File = new("a.png", new byte[10]);
    private static readonly InputFacts Facts = new() { MediaType = MediaTypes.Png };

    [Fact]
    public void ExtractLevels_EveryGoldenCase_EqualsTheReferenceInEveryByte()
    {
        var preprocessor = Create(new ImageHeader(1, 1, 1, 1));
        var cases = GoldenFile.Read<GlyphCase>("glyph.json");
        Assert.True(cases.Length >= 9);

        foreach (var c in cases)
        {
            var levels = preprocessor.ExtractLevels(new PixelBuffer(c.Width, c.Height, 4, GoldenFile.Unpack(c.Source)), c.Name);

            Assert.True(GoldenFile.Unpack(c.Expected).AsSpan().SequenceEqual(levels), c.Name);
        }
    }

    [Fact]
    public void Preprocess_DrawnGlyph_StandardisesLevels()
    {
        var c = GoldenFile.Read<GlyphCase>("glyph.json")[0];
        var picture = new PixelBuffer(c.Width, c.Height, 4, GoldenFile.Unpack(c.Source));

        var features = Create(new ImageHeader(1, 1, 1, 1)).Preprocess(picture, c.Name, Facts);

        var tensor = features.Tensors[GlyphPreprocessor.PixelValues];
        Assert.Equal([1, 28, 28], tensor.Shape);
        var expected = GoldenFile.Unpack(c.Expected);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal((float)(((expected[i] / 255.0) - 0.1307) / 0.3081), tensor.AsSpan<float>()[i]);
        }
    }

    [Fact]
    public void ExtractLevels_AnyPictureThatIsNotBlank_FillsTheBoxWithinTheField() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60]).SelectMany((w, h) => Gen.Byte.Array[w * h].Select(p => new PixelBuffer(w, h, 1, p)))
            .Sample(
                picture =>
                {
                    if (picture.Pixels.Max() - picture.Pixels.Min() < 2 * GlyphExtractor.MinimumInk)
                    {
                        return;
                    }

                    var levels = Create(new ImageHeader(1, 1, 1, 1)).ExtractLevels(picture, "a");

                    Assert.Equal(28 * 28, levels.Length);
                    Assert.Equal(255, levels.Max());
                },
                iter: 300);

    [Fact]
    public void Preprocess_BlankPicture_IsRefusedAsWithoutContent()
    {
        var pixels = new byte[100];
        pixels[44] = GlyphExtractor.MinimumInk - 1;

        var e = Assert.Throws<InputException>(() => Create(new ImageHeader(1, 1, 1, 1)).Preprocess(new PixelBuffer(10, 10, 1, pixels), "a.png", Facts));

        Assert.Equal(InputErrorCodes.NoContent, e.Error.Code);
        Assert.Contains("a.png", e.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40_000, 10)]
    [InlineData(10, 40_000)]
    [InlineData(20_000, 20_000)]
    public void Preprocess_HeaderBeyondLimit_IsRefusedBeforeDecoding(int width, int height)
    {
        var decoder = new FakeImageDecoder(new ImageHeader(width, height, 1, 1));

        var e = Assert.Throws<InputException>(() => new GlyphPreprocessor(new(), decoder, new()).Preprocess(File, MediaTypes.Png));

        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
        Assert.False(decoder.Decoded);
    }

    [Fact]
    public void Preprocess_FileBeyondLimit_IsRefused()
    {
        var decoder = new FakeImageDecoder(new ImageHeader(1, 1, 1, 1));

        var e = Assert.Throws<InputException>(
            () => new GlyphPreprocessor(new(), decoder, new() { MaximumBytes = 9 }).Preprocess(File, MediaTypes.Png));

        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
    }

    [Fact]
    public void Preprocess_PixelsOtherThanAnnounced_IsRefusedAsCorrupt()
    {
        var decoder = new FakeImageDecoder(new ImageHeader(10, 10, 1, 1), new PixelBuffer(11, 10, 1, new byte[110]));

        var e = Assert.Throws<InputException>(() => new GlyphPreprocessor(new(), decoder, new()).Preprocess(File, MediaTypes.Png));

        Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
    }

    [Fact]
    public void Preprocess_OrientedAnimation_GivesUprightSizeAndANote()
    {
        var pixels = new byte[200];
        pixels[105] = 255;
        var decoder = new FakeImageDecoder(new ImageHeader(10, 20, 7, 6), new PixelBuffer(10, 20, 1, pixels));

        var facts = new GlyphPreprocessor(new(), decoder, new()).Preprocess(File, MediaTypes.Gif).Facts;

        Assert.Equal((20, 10), (facts.Width, facts.Height));
        Assert.Equal(10, facts.Bytes);
        Assert.Contains("7 frames", Assert.Single(facts.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 20, 1.0, "size")]
    [InlineData(28, 29, 1.0, "box")]
    [InlineData(28, 20, 0.0, "standardDeviation")]
    [InlineData(28, 20, double.NaN, "standardDeviation")]
    public void Constructor_SettingOutOfRange_NamesTheMember(int size, int box, double deviation, string member)
    {
        var settings = new GlyphSettings { Size = size, Box = box, StandardDeviation = deviation };

        var e = Assert.Throws<PipelineException>(() => new GlyphPreprocessor(settings, new FakeImageDecoder(new(1, 1, 1, 1)), new()));

        Assert.Contains(member, e.Message, StringComparison.Ordinal);
    }

    private static GlyphPreprocessor Create(ImageHeader header) => new(new GlyphSettings(), new FakeImageDecoder(header), new InputLimits());

    private sealed record GlyphCase(string Name, int Width, int Height, string Source, string Expected);
}
