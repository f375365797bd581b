using CsCheck;
using Multimodal.Local.Evaluation.Degradation;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class PrincipalComponentsTests
{
    /// <summary>Three pixels vary independently by ±60, ±40 and ±20 around 100: they hold 3600, 1600 and 400 of 5600; a fourth is still.</summary>
    private static readonly byte[][] Planted =
    [
        .. Enumerable.Range(0, 8).Select(i => new[]
        {
            (byte)(100 + ((i & 1) == 0 ? 60 : -60)), (byte)7, (byte)(100 + ((i & 2) == 0 ? 20 : -20)), (byte)(100 + ((i & 4) == 0 ? 40 : -40)),
        }),
    ];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1)]
    [InlineData(0.64, 1)]
    [InlineData(0.65, 2)]
    [InlineData(0.92, 2)]
    [InlineData(0.93, 3)]
    [InlineData(1, 4)]
    public void CountFor_PlantedVariances_GivesTheFewestThatHoldTheShare(double share, int expected) =>
        Assert.Equal(expected, PrincipalComponents.Fit(Planted).CountFor(share));

    [Fact]
    public void Held_PlantedVariances_GivesTheirShares()
    {
        var components = PrincipalComponents.Fit(Planted);

        Assert.Equal(3600.0 / 5600, components.Held(1), 1e-9);
        Assert.Equal(5200.0 / 5600, components.Held(2), 1e-9);
        Assert.Equal(1, components.Held(4), 1e-9);
    }

    [Fact]
    public void Reconstruct_OneComponent_KeepsTheStrongestPixelAndTheMeanOfTheOthers() =>
        Assert.Equal([250, 7, 100, 100], PrincipalComponents.Fit(Planted).Reconstruct([250, 7, 30, 0], 1));

    [Fact]
    public void Reconstruct_AllComponents_GivesThePictureBack() =>
        Gen.Byte.Array[12].Array[3, 30].Sample(pictures =>
        {
            var components = PrincipalComponents.Fit(pictures);

            Assert.All(pictures, picture => Assert.Equal(picture, components.Reconstruct(picture, components.CountFor(1))));
        });
}
