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

            foreach (var vectorised in new[] { true, false })
            {
                var resized = PillowResampler.Resize(source, c.ToWidth, c.ToHeight, Enum.Parse<ResamplingFilter>(c.Filter), vectorised);

                Assert.True(
                    GoldenFile.Unpack(c.Expected).AsSpan().SequenceEqual(resized.Pixels),
                    $"{c.Filter} {c.Width}×{c.Height}×{c.Channels} to {c.ToWidth}×{c.ToHeight}, vectors: {vectorised}");
            }
        }
    }

    [Fact]
    public void Resize_OnVectors_EqualsTheLoopsInEveryByte() =>
        Gen.Select(Gen.Int[1, 120], Gen.Int[1, 90], Gen.Int[1, 70], Gen.Int[1, 70], Gen.OneOf(Gen.Const(1), Gen.Const(3), Gen.Const(4)), Gen.Enum<ResamplingFilter>(), Gen.Int)
            .Sample((width, height, toWidth, toHeight, channels, filter, seed) =>
            {
                var source = Noise(width, height, channels, seed);

                var vectors = PillowResampler.Resize(source, toWidth, toHeight, filter, vectorised: true);
                var loops = PillowResampler.Resize(source, toWidth, toHeight, filter, vectorised: false);

                Assert.Equal(loops.Pixels, vectors.Pixels);
            });

    // Four channels of which three are kept, some columns and rows alone, mirrored, rows before columns: each is the whole, cut and turned.
    [Fact]
    public void Run_PartsMirroredAlphaDropped_EqualTheWholePicture() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[2, 40], Gen.Int[2, 40], Gen.OneOf(Gen.Const(1), Gen.Const(3), Gen.Const(4)), Gen.Enum<ResamplingFilter>(), Gen.Int[0, 1 << 20])
            .Sample((width, height, toWidth, toHeight, channels, filter, seed) =>
            {
                var upright = Noise(width, height, channels, seed);
                var (left, top) = (seed % toWidth / 2, seed % toHeight / 2);
                var (right, bottom) = (toWidth - (seed % 3 % toWidth / 2), toHeight - (seed % 5 % toHeight / 2));
                var (mirrorsColumns, mirrorsRows) = ((seed & 1) != 0, (seed & 2) != 0);
                var kept = channels == 1 ? 1 : 3;
                using var stored = new BufferRows(Mirror(upright, mirrorsColumns, mirrorsRows));
                using var across = ResamplingAxis.Create(width, width, toWidth, left..right, mirrorsColumns, filter);
                using var down = ResamplingAxis.Create(height, height, toHeight, top..bottom, mirrorsRows, filter);
                using var resampler = new PictureResampler(stored, across, down, columnsFirst: false, kept, vectorised: (seed & 4) != 0);
                var part = new byte[across.Count * down.Count * kept];

                resampler.Run(new BufferSink(part));

                var whole = PillowResampler.Resize(upright, toWidth, toHeight, filter);
                var actual = Mirror(new PixelBuffer(across.Count, down.Count, kept, part), mirrorsColumns, mirrorsRows);
                for (var y = 0; y < actual.Height; y++)
                {
                    for (var x = 0; x < actual.Width; x++)
                    {
                        var expected = whole.Pixels.AsSpan((((top + y) * toWidth) + left + x) * channels, kept);
                        Assert.True(expected.SequenceEqual(actual.Pixels.AsSpan(((y * actual.Width) + x) * kept, kept)), $"{x}, {y}");
                    }
                }
            });

    [Fact]
    public void Resize_FlatPicture_StaysFlat() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Byte, Gen.Enum<ResamplingFilter>())
            .Sample((width, height, toWidth, toHeight, level, filter) =>
            {
                var source = new PixelBuffer(width, height, 1, [.. Enumerable.Repeat(level, width * height)]);

                var resized = PillowResampler.Resize(source, toWidth, toHeight, filter);

                Assert.All(resized.Pixels, pixel => Assert.Equal(level, pixel));
            });

    private static PixelBuffer Noise(int width, int height, int channels, int seed)
    {
        var pixels = new byte[width * height * channels];
        new Random(seed).NextBytes(pixels);
        return new PixelBuffer(width, height, channels, pixels);
    }

    private static PixelBuffer Mirror(PixelBuffer picture, bool columns, bool rows) =>
        ExifOrientation.Apply(ExifOrientation.Apply(picture, columns ? 2 : 1), rows ? 4 : 1);

    private sealed record ResizeCase(
        string Filter, int Width, int Height, int Channels, int ToWidth, int ToHeight, string Source, string Expected);
}
