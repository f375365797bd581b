using Multimodal.Local.Evaluation.Randomness;

namespace Multimodal.Local.Fit;

/// <summary>Parts items for cross-validation: each is held back once, and no group is on both sides.</summary>
internal static class Folds
{
    /// <summary>The fold of each item, 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="items">The items.</param>
    /// <param name="count">How many folds, 2 or more; fewer where there are fewer groups.</param>
    /// <param name="seed">Chooses among equals.</param>
    public static int[] Of(IReadOnlyList<FitItem> items, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(items);
        var random = RandomStream.For(seed, RandomPurpose.FitFolds, 0);
        var folds = new int[items.Count];
        if (items.Any(item => item.Group is not null))
        {
            // The largest group first into the emptiest fold. What is of no group is one by itself.
            var sizes = new int[count];
            var groups = items.Index().GroupBy(item => item.Item.Group ?? $"\0{item.Index}", StringComparer.Ordinal).ToList();
            var keys = random.Choose(groups.Count, groups.Count);
            foreach (var (_, group) in groups.Select((group, i) => (Key: keys[i], Group: group)).OrderByDescending(pair => pair.Group.Count()).ThenBy(pair => pair.Key))
            {
                var fold = Array.IndexOf(sizes, sizes.Min());
                sizes[fold] += group.Count();
                foreach (var (index, _) in group)
                {
                    folds[index] = fold;
                }
            }

            return folds;
        }

        // Dealt out label by label, so that every fold has its share of each.
        var next = 0;
        foreach (var label in items.Index().GroupBy(item => item.Item.Truth).OrderBy(label => label.Key))
        {
            var indices = label.Select(item => item.Index).ToArray();
            foreach (var place in random.Choose(indices.Length, indices.Length))
            {
                folds[indices[place]] = next++ % count;
            }
        }

        return folds;
    }
}
