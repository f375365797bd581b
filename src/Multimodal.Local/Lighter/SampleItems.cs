using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Lighter;

/// <summary>What an encoder is measured on.</summary>
/// <param name="Features">One or more items, preprocessed.</param>
/// <param name="Words">What they are, for people.</param>
/// <param name="IsMadeUp">Whether they are of no real input, so that the figures say little.</param>
internal sealed record SampleItems(IReadOnlyList<Features> Features, string Words, bool IsMadeUp = false)
{
    /// <summary>The most items: each part of a network is measured on all.</summary>
    public const int Most = 64;

    /// <summary>So many of a list, evenly spread over it.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];
}
