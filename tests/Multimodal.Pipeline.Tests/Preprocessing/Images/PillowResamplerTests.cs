using CsCheck;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Tests.Golden;

namespace Multimodal.Pipeline.Tests.Preprocessing.Images;

public sealed class PillowResamplerTests
{
    [Fact]
    public void Resize_EveryGoldenCase_EqualsPillowInEveryByte()
    {
        var cases = GoldenFile.Read<ResizeCase>("resize.json");
        Assert.True(cases.Length >= 40);

        foreach (var c in cases)
        {
            var source = new PixelBuffer(c.Width, c.Height, c.Channels, GoldenFile.Unpack(c.Source));

            var resized = PillowResampler.Resize(source, c.ToWidth, c.ToHeight, Enum.Parse<ResamplingFilter>(c.Filter));

            Assert.True(
                GoldenFile.Unpack(c.Expected).AsSpan().SequenceEqual(resized.Pixels),
                $"{c.Filter} {c.Width}×{c.Height}×{c.Channels} to {c.ToWidth}×{c.ToHeight}");
        }
    }

    [Fact]
    public void Resize_FlatPicture_StaysFlat() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Byte, Gen.Enum<ResamplingFilter>())
            .Sample((width, height, toWidth, toHeight, level, filter) =>
            {
                var source = new PixelBuffer(width, height, 1, [.. Enumerable.Repeat(level, width * height)]);

                var resized = PillowResampler.Resize(source, toWidth, toHeight, filter);

                Assert.All(resized.Pixels, pixel => Assert.Equal(level, pixel));
            });

    private sealed record ResizeCase(
        string Filter, int Width, int Height, int Channels, int ToWidth, int ToHeight, string Source, string Expected);
}
