using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Views;
using Multimodal.Pipeline.Privacy;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Blurring;

/// <summary>With a network that finds bright squares, an eighth of the picture's sides.</summary>
public sealed class OnnxPreviewBlurTests : IDisposable
{
    private static readonly string Models = Path.Combine(TestPaths.Repository, "tests", "Multimodal.Onnx.Tests", "Blurring");

    private readonly string _folder = Directory.CreateTempSubdirectory("blur").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Blur_BrightSquare_LeavesOneColourOfItAndTheRestAsItWas(int channels)
    {
        // A bright pattern at 16 to 31 of both sides, on a dark one.
        var picture = Picture(64, channels, (x, y) => x is >= 16 and < 32 && y is >= 16 and < 32 ? 200 + ((x * y) % 50) : (x + y) % 20);
        using var blur = Compose("squares.onnx", margin: 0);

        var blurred = blur.GetRequiredService<IPreviewBlur>().Blur(picture)!;

        // Four squares were found, each filled with its mean.
        for (var square = 0; square < 4; square++)
        {
            var (left, top) = (16 + (square % 2 * 8), 16 + (square / 2 * 8));
            var levels = Levels(picture, IsInside).Select(level => (int)level).ToList();
            Assert.Equal((byte)(levels.Sum() / levels.Count), Assert.Single(Levels(blurred, IsInside).Distinct()));
            bool IsInside(int x, int y) => x >= left && x < left + 8 && y >= top && y < top + 8;
        }

        Assert.Equal(Levels(picture, IsOutside), Levels(blurred, IsOutside));
        static bool IsOutside(int x, int y) => x is < 16 or >= 32 || y is < 16 or >= 32;
    }

    [Fact]
    public void Blur_TwoPicturesOfOneMean_CannotBeToldApart()
    {
        var stripes = Picture(64, 1, (x, y) => x is >= 16 and < 32 && y is >= 16 and < 32 ? x % 2 == 0 ? 160 : 240 : 0);
        var checks = Picture(64, 1, (x, y) => x is >= 16 and < 32 && y is >= 16 and < 32 ? (x + y) % 2 == 0 ? 160 : 240 : 0);
        using var blur = Compose("squares.onnx", margin: 0);
        var service = blur.GetRequiredService<IPreviewBlur>();

        Assert.Equal(service.Blur(stripes)!.Pixels, service.Blur(checks)!.Pixels);
    }

    [Fact]
    public void Blur_Margin_TakesInWhatLiesAroundIt()
    {
        var picture = Picture(64, 1, (x, y) => x is >= 16 and < 24 && y is >= 16 and < 24 ? 250 : 10);
        using var blur = Compose("squares.onnx", margin: 0.5);

        var blurred = blur.GetRequiredService<IPreviewBlur>().Blur(picture)!;

        Assert.Single(Levels(blurred, (x, y) => x is >= 12 and < 28 && y is >= 12 and < 28).Distinct());
        Assert.All(Levels(blurred, (x, y) => x is < 12 or >= 28), level => Assert.Equal(10, level));
    }

    [Fact]
    public void Blur_NothingFound_LeavesThePicture()
    {
        var picture = Picture(40, 3, (x, y) => (x + y) % 30);
        using var blur = Compose("squares.onnx", margin: 0.2);

        Assert.Equal(picture.Pixels, blur.GetRequiredService<IPreviewBlur>().Blur(picture)!.Pixels);
    }

    [Fact]
    public void Blur_DetectorFails_GivesNoPicture()
    {
        using var blur = Compose("failing.onnx", margin: 0);
        var service = blur.GetRequiredService<IPreviewBlur>();

        Assert.NotNull(service.Blur(Picture(64, 3, (_, _) => 10)));
        Assert.Null(service.Blur(Picture(64, 3, (_, _) => 250)));
    }

    [Theory]
    [InlineData("\"sha256\": \"", "\"sha256\": \"00", "SHA-256")]
    [InlineData("\"boxes\": \"boxes\"", "\"boxes\": \"areas\"", "areas")]
    [InlineData("\"width\": 32", "\"width\": 0", "width")]
    [InlineData("squares.onnx", "absent.onnx", "absent.onnx")]
    [InlineData("\"input\"", "\"inputs\"", "Previews:Detector")]
    public void UsePreviewBlur_DeclarationThatIsWrong_IsRefusedAtOnce(string part, string instead, string named)
    {
        var file = Declare("squares.onnx", 0);
        File.WriteAllText(file, File.ReadAllText(file).Replace(part, instead, StringComparison.Ordinal));

        var refused = Assert.Throws<PipelineException>(() => new MultimodalBuilder(new ServiceCollection()).UsePreviewBlur(file));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Compose(string model, double margin)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MultimodalBuilder(services).UsePreviewBlur(Declare(model, margin));
        return services.BuildServiceProvider();
    }

    private string Declare(string model, double margin)
    {
        File.Copy(Path.Combine(Models, model), Path.Combine(_folder, model), overwrite: true);
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Models, model))));
        var file = Path.Combine(_folder, "detector.json");
        File.WriteAllText(file, $$"""
            {
              "model": "{{model}}", "sha256": "{{hash}}", "input": "pixels", "width": 32, "height": 32,
              "boxes": "boxes", "scores": "scores", "relative": true, "threshold": 0.6, "margin": {{margin.ToString(CultureInfo.InvariantCulture)}}
            }
            """);
        return file;
    }

    private static PictureView Picture(int side, int channels, Func<int, int, int> level) => new(
        side, side, channels, [.. Enumerable.Range(0, side * side * channels).Select(i => (byte)level(i / channels % side, i / channels / side))]);

    private static List<byte> Levels(PictureView picture, Func<int, int, bool> isWanted) =>
    [
        .. from y in Enumerable.Range(0, picture.Height)
           from x in Enumerable.Range(0, picture.Width)
           where isWanted(x, y)
           select picture.Pixels[((y * picture.Width) + x) * picture.Channels],
    ];
}
