using Multimodal.Imaging.Vips;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing;
using Multimodal.Testing.Imaging;

namespace Multimodal.Imaging.ImageSharp.Tests;

/// <summary>Whichever decoder a host has, an encoder sees the same: the cosine between the tensors is 0.999 or more.</summary>
public sealed class DecoderAgreementTests
{
    private const double Least = 0.999;

    private static readonly IImageDecoder[] Decoders = [new ImageSharpDecoder(), new VipsImageDecoder()];

    [Theory]
    [InlineData("2569067123_aca715a2ee_o.jpg")]
    [InlineData("flowers.jpeg")]
    [InlineData("gamma_dalai_lama_gray.jpg")]
    [InlineData("Landscape_1.jpg")]
    [InlineData("swiss.png")]
    [InlineData("alpha-premultiply-1024x768-paper.png")]
    [InlineData("4.webp")]
    [InlineData("5_webp_a.webp")]
    [InlineData("animated-loop-3.webp")]
    [InlineData("rotating-squares.gif")]
    [InlineData("8bit_depth.tiff")]
    public void Preprocess_PhotographByBoth_GivesTheSameTensors(string name)
    {
        var content = new InputContent(name, File.ReadAllBytes(TestPaths.Data("images", name)));
        AssertAlike(content);
        AssertAlikeToClip(content);
    }

    // Of these one decoder converts the profile and the other refuses it; CLIP's preprocessing passes it over.
    [Theory]
    [InlineData("Landscape_6.jpg")]
    [InlineData("Portrait_2.jpg")]
    public void Preprocess_ProfiledPhotographByBoth_GivesTheSameTensors(string name) =>
        AssertAlikeToClip(new InputContent(name, File.ReadAllBytes(TestPaths.Data("images", name))));

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgba.png")]
    [InlineData("rgb.jpg")]
    [InlineData("rgb.webp")]
    [InlineData("palette.gif")]
    [InlineData("rgb.tiff")]
    [InlineData("rgb.bmp")]
    [InlineData("555.bmp")]
    public void Preprocess_SmallFileByBoth_GivesTheSameTensors(string name) =>
        AssertAlike(ImageCase.All.Single(c => c.Name == name).Content);

    private static void AssertAlike(InputContent content)
    {
        var glyph = new GlyphSettings();
        var mediaType = ContentDetector.Detect(content).MediaType;
        Assert.InRange(
            Cosine([.. Decoders.Select(decoder => new GlyphPreprocessor(glyph, decoder, new InputLimits())
                .Preprocess(content, mediaType).Tensors[GlyphPreprocessor.PixelValues].AsSpan<float>().ToArray())]),
            Least,
            1.000001);

        // And with less done to the pixels: brightness as stored, centred as encoders of photographs want it.
        Assert.InRange(
            Cosine([.. Decoders.Select(decoder => Luma.From(decoder.Decode(content)).Pixels.Select(level => (level / 127.5f) - 1).ToArray())]),
            Least,
            1.000001);
    }

    // In colour, each by its own fastest way.
    private static void AssertAlikeToClip(InputContent content)
    {
        var config = ImageProcessorConfig.Parse("{\"image_processor_type\":\"CLIPImageProcessor\"}"u8.ToArray(), "preprocessor_config.json");
        Assert.InRange(
            Cosine([.. Decoders.Select(decoder => new ImagePreprocessor(new ImageSettings { Config = "" }, config, decoder, new InputLimits())
                .Preprocess(content, ContentDetector.Detect(content).MediaType).Tensors[ImagePreprocessor.PixelValues].AsSpan<float>().ToArray())]),
            Least,
            1.000001);
    }

    private static double Cosine(float[][] pair)
    {
        double product = 0, first = 0, second = 0;
        for (var i = 0; i < pair[0].Length; i++)
        {
            product += (double)pair[0][i] * pair[1][i];
            first += (double)pair[0][i] * pair[0][i];
            second += (double)pair[1][i] * pair[1][i];
        }

        return product / Math.Sqrt(first * second);
    }
}
