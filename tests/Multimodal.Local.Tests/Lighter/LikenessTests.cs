using Multimodal.Local.Lighter;

namespace Multimodal.Local.Tests.Lighter;

/// <summary>The cosine of the worst item counts; what is no number is unlike all.</summary>
public sealed class LikenessTests
{
    [Fact]
    public void Of_SeveralItems_IsTheLeastAndTheMean()
    {
        var likeness = Likeness.Of([[1, 0], [1, 1]], [[2, 0], [1, 0]]);

        Assert.Equal(Math.Sqrt(0.5), likeness.Least, 1e-12);
        Assert.Equal((1 + Math.Sqrt(0.5)) / 2, likeness.Mean, 1e-12);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0)]
    public void Of_WhatHasNoDirection_IsUnlike(float value) => Assert.Equal(-1, Likeness.Of([[value, 0]], [[1, 0]]).Least);

    [Fact]
    public void Of_OtherLengths_IsUnlike()
    {
        Assert.Equal(-1, Likeness.Of([[1, 0, 0]], [[1, 0]]).Least);
        Assert.Equal(-1, Likeness.Of([], [[1, 0]]).Least);
    }
}
