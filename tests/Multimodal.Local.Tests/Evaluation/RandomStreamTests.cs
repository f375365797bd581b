using CsCheck;
using Multimodal.Local.Evaluation.Randomness;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class RandomStreamTests
{
    /// <summary>Computed by SplitMix64's definition outside of this code; published figures depend on these numbers.</summary>
    [Fact]
    public void NextBits_KnownSeed_GivesTheKnownNumbers()
    {
        var stream = RandomStream.For(0, RandomPurpose.Square, 0);

        Assert.Equal([0xD100827AA323C935UL, 0xEEC82CE938DD9BCCUL, 0xFAA7713E011940F2UL], (ulong[])[stream.NextBits(), stream.NextBits(), stream.NextBits()]);
    }

    [Fact]
    public void For_AnotherSeedPurposeOrItem_GivesOtherNumbers()
    {
        RandomStream[] streams =
        [
            RandomStream.For(0, RandomPurpose.Square, 0), RandomStream.For(1, RandomPurpose.Square, 0),
            RandomStream.For(-1, RandomPurpose.Square, 0), RandomStream.For(0, RandomPurpose.Talkers, 0),
            RandomStream.For(0, RandomPurpose.Square, 1),
        ];

        Assert.Equal(streams.Length, streams.Select(stream => stream.NextBits()).Distinct().Count());
    }

    [Fact]
    public void Next_ManyDraws_AreEquallyFrequent()
    {
        var counts = new int[10];
        var stream = RandomStream.For(3, RandomPurpose.Characters, 5);
        for (var i = 0; i < 100_000; i++)
        {
            counts[stream.Next(10)]++;
        }

        // Five standard deviations of a binomial of 100,000 and 0.1.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 475, 10_000 + 475));
    }

    [Fact]
    public void Choose_AnyCount_GivesThatManyDifferentNumbers() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int).Sample((a, b, item) =>
        {
            var (count, population) = (Math.Min(a, b), Math.Max(a, b));

            var chosen = RandomStream.For(1, RandomPurpose.Talkers, item).Choose(count, population);

            Assert.Equal(count, chosen.Distinct().Count());
            Assert.All(chosen, number => Assert.InRange(number, 0, population - 1));
        });
}
