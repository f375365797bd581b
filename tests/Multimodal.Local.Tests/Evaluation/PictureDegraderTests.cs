using CsCheck;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class PictureDegraderTests
{
    private const int Side = 28;
    private static readonly byte[] White = [.. Enumerable.Repeat((byte)255, Side * Side)];

    /// <summary>Pictures that are all white have no variance: any component gives white back.</summary>
    private static readonly PrincipalComponents Components = PrincipalComponents.Fit([White, White]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 4)]
    [InlineData(1, 8)]
    [InlineData(2, 16)]
    public void Degrade_AnyItem_SetsOneWholeSquareToZero(double level, int side) =>
        Gen.Int[0, 10_000].Sample(item =>
        {
            var degraded = new PictureDegrader(Components, new DegradationLevel(level), 1)
                .Degrade(new PixelBuffer(Side, Side, 1, White), item);

            int[] zeros = [.. Enumerable.Range(0, Side * Side).Where(i => degraded.Pixels[i] == 0)];
            Assert.Equal(side * side, zeros.Length);
            Assert.Equal(side, zeros.Select(i => i % Side).Distinct().Count());
            Assert.Equal(side, zeros.Select(i => i / Side).Distinct().Count());
            Assert.All(degraded.Pixels, level => Assert.True(level is 0 or 255));
        });

    [Fact]
    public void Degrade_ManyItems_PutsTheSquareEverywhere()
    {
        var degrader = new PictureDegrader(Components, new DegradationLevel(1), 1);

        var corners = Enumerable.Range(0, 10_000)
            .Select(item => Array.IndexOf(degrader.Degrade(new PixelBuffer(Side, Side, 1, White), item).Pixels, (byte)0))
            .ToHashSet();

        Assert.Equal((Side - 8 + 1) * (Side - 8 + 1), corners.Count);
    }

    [Fact]
    public void Degrade_LevelZero_LeavesThePicture()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 16).Select(p => (byte)((i * p * 37) % 256)).ToArray())];
        var degrader = new PictureDegrader(PrincipalComponents.Fit(pictures), new DegradationLevel(0), 1);

        Assert.All(pictures, picture => Assert.Equal(picture, degrader.Degrade(new PixelBuffer(4, 4, 1, picture), 0).Pixels));
    }

    [Fact]
    public void Degrade_OriginalPicture_IsNotChanged()
    {
        var original = new PixelBuffer(Side, Side, 1, [.. White]);

        new PictureDegrader(Components, new DegradationLevel(1), 1).Degrade(original, 0);

        Assert.Equal(White, original.Pixels);
    }
}
