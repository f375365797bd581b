using CsCheck;
using Multimodal.Local.Fit;

namespace Multimodal.Local.Tests.Fit;

public sealed class FoldsTests
{
    [Fact]
    public void Of_Groups_AreNeverOnBothSides() =>
        Gen.Select(Gen.Int[0, 7].Array[20, 60], Gen.Int[2, 5], Gen.Int[0, 100]).Sample((groups, count, seed) =>
        {
            FitItem[] items = [.. groups.Select((group, i) => new FitItem([[1.0]], i % 2, $"{group}"))];

            var folds = Folds.Of(items, count, seed);

            Assert.All(items.Index().GroupBy(item => item.Item.Group), group => Assert.Single(group.Select(item => folds[item.Index]).Distinct()));
            Assert.All(folds, fold => Assert.InRange(fold, 0, count - 1));
        });

    [Fact]
    public void Of_NoGroups_EveryFoldHasItsShareOfEachLabel()
    {
        FitItem[] items = [.. Enumerable.Range(0, 60).Select(i => new FitItem([[1.0]], i % 3, null))];

        var folds = Folds.Of(items, 5, 7);

        Assert.All(items.Select((item, i) => (item.Truth, Fold: folds[i])).GroupBy(item => item), same => Assert.Equal(4, same.Count()));
    }
}
