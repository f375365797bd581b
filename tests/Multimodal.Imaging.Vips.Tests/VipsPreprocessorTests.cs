using System.Diagnostics;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Fuzzing;
using Multimodal.Testing.Imaging;
using NetVips;

namespace Multimodal.Imaging.Vips.Tests;

public sealed class VipsPreprocessorTests : ImagePreprocessorConformance
{
    protected override IImageDecoder Decoder { get; } = new VipsImageDecoder();

    protected override ImageDecoderAbilities Abilities =>
        ImageDecoderAbilities.Avif | ImageDecoderAbilities.ColourConversion | ImageDecoderAbilities.LibjpegLevels | ImageDecoderAbilities.NativeMemory |
        ImageDecoderAbilities.MissingPixels;

    [Fact]
    public void Decode_Avif_GivesItsPixels()
    {
        var picture = Decoder.Decode(AvifSample.Content);

        Assert.Equal((AvifSample.Width, AvifSample.Height, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(AvifSample.Pixels, picture.Pixels);
    }

    [Theory]
    [InlineData(800, 600, 1)]
    [InlineData(1200, 900, 2)]
    [InlineData(1811, 1793, 4)]
    [InlineData(3999, 3601, 8)]
    public void Open_LargeJpeg_IsReducedToWhatIsEnough(int width, int height, int divisor)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var rows = Open(black.JpegsaveBuffer());

        Assert.Equal((width, height), (rows.Header.Width, rows.Header.Height));
        Assert.Equal(divisor > 1, rows.IsReduced);
        Assert.Equal(((double)width / divisor, (double)height / divisor), rows.Extent);
        Assert.InRange(rows.Width, width / divisor, (width / divisor) + 1);
        Assert.InRange(rows.Height, height / divisor, (height / divisor) + 1);
    }

    [Theory]
    [InlineData(500, 500, false)]
    [InlineData(1000, 900, true)]
    [InlineData(1000, 901, false)]
    public void Open_LargeWebP_IsReducedToWhatIsEnough(int width, int height, bool isReduced)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var rows = Open(black.WebpsaveBuffer());

        Assert.Equal((width, height), (rows.Header.Width, rows.Header.Height));
        Assert.Equal(isReduced, rows.IsReduced);
        Assert.InRange(Math.Min(rows.Width, rows.Height), 448, isReduced ? 448 : Math.Min(width, height));
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(10_001, InputErrorCodes.TooLarge)]
    [InlineData(100_000, InputErrorCodes.TooLarge)]
    public void ReadHeader_ManyPages_AreCountedBeforeTheLibrarySeesThem(int pages, string? code)
    {
        var content = new InputContent("pages.tiff", HostileImages.Tiff(10, 10, pages));

        if (code is null)
        {
            Assert.Equal(pages, Decoder.ReadHeader(content).Frames);
            return;
        }

        var begun = Stopwatch.GetTimestamp();
        var e = Assert.Throws<InputException>(() => Decoder.ReadHeader(content));
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, PreprocessorFuzzer.Limit);
        Assert.Equal(code, e.Error.Code);
        Assert.Contains("pages.tiff", e.Error.Message, StringComparison.Ordinal);
    }

    // Hard edges everywhere, which a reduced decoding could put beside their places; every orientation, sides that divide and that do not.
    [Theory]
    [InlineData(1000, 900, 1, false)]
    [InlineData(1811, 1793, 3, false)]
    [InlineData(1795, 2301, 6, false)]
    [InlineData(1000, 778, 1, true)]
    public void Preprocess_HardEdgesOnTheFastPath_PointTheSameWay(int width, int height, int orientation, bool isWebP)
    {
        using var shapes = Shapes(width, height).Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        var content = new InputContent("shapes", isWebP ? shapes.WebpsaveBuffer(q: 90) : shapes.JpegsaveBuffer(q: 90));

        Assert.InRange(Cosine(Tensor(Clip(fastJpeg: false), content), Tensor(Clip(fastJpeg: true), content)), 0.999, 1.000001);
    }

    // Colour needs no header at all: libvips gives grey with alpha as two bands, 16 bits as numbers of 16 bits.
    [Theory]
    [InlineData("deep.png")]
    [InlineData("grey-alpha.png")]
    [InlineData("rgba.png")]
    [InlineData("palette.png")]
    [InlineData("bits.png")]
    public void Open_StoredLevels_AreThoseOfPillow(string name)
    {
        var c = ImageCase.All.Single(c => c.Name == name);
        using var rows = Decoder.Open(c.Content, _ => new ImageDecoding { ConvertProfiles = false });

        var picture = rows.ReadAll();

        var (kept, shown) = (picture.Channels == 4 ? 3 : picture.Channels, c.Channels);
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            for (var channel = 0; channel < kept; channel++)
            {
                Assert.Equal(c.Pixels[(i * shown) + channel], picture.Pixels[(i * picture.Channels) + channel]);
            }
        }
    }

    private PixelRows Open(byte[] file) =>
        Decoder.Open(new InputContent("shapes", file), _ => new ImageDecoding { LeastWidth = 448, LeastHeight = 448 });

    private static Image Shapes(int width, int height)
    {
        var random = new Random(width);
        var pixels = new byte[width * height * 3];
        for (var shape = 0; shape < 200; shape++)
        {
            var (left, top) = (random.Next(width), random.Next(height));
            var (right, bottom) = (Math.Min(width, left + random.Next(5, 200)), Math.Min(height, top + random.Next(5, 200)));
            var colour = new byte[3];
            random.NextBytes(colour);
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    colour.CopyTo(pixels, ((y * width) + x) * 3);
                }
            }
        }

        return Image.NewFromMemory(pixels, width, height, 3, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
