namespace Multimodal.Benchmarks.Compare;

/// <summary>What can be compared, by name.</summary>
internal static class Comparisons
{
    public static IReadOnlyDictionary<string, Action<CompareSettings>> All { get; } = new SortedDictionary<string, Action<CompareSettings>>(StringComparer.Ordinal)
    {
        ["images"] = Images.ImageComparison.Run,
        ["logmel"] = Audio.LogMelComparison.Run,
        ["tokens"] = Texts.TokenComparison.Run,
    };
}
