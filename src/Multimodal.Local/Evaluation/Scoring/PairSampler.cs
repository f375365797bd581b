using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Puts a recording and a text to each picture.</summary>
internal static class PairSampler
{
    /// <summary>A random recording and a random text of each picture's own label; none where there are none of that label.</summary>
    public static IReadOnlyList<Pair> ByLabel(
        IReadOnlyList<string> pictures, IReadOnlyList<string> recordings, IReadOnlyList<string> texts, long seed)
    {
        var recordingsOf = Index(recordings);
        var textsOf = Index(texts);
        return
        [
            .. pictures.Select((label, picture) => new Pair(
                picture,
                Draw(recordingsOf[label], RandomStream.For(seed, RandomPurpose.RecordingPartner, picture)),
                Draw(textsOf[label], RandomStream.For(seed, RandomPurpose.TextPartner, picture))))
        ];
    }

    /// <summary>
    /// The control: the same pictures, and the same recordings and texts dealt out among them regardless of label,
    /// so that nothing but the pairing differs.
    /// </summary>
    public static IReadOnlyList<Pair> Shuffle(IReadOnlyList<Pair> pairs, long seed)
    {
        var recordings = Permute([.. pairs.Select(pair => pair.Audio)], RandomStream.For(seed, RandomPurpose.RecordingShuffle, 0));
        var texts = Permute([.. pairs.Select(pair => pair.Text)], RandomStream.For(seed, RandomPurpose.TextShuffle, 0));
        return [.. pairs.Select((pair, i) => new Pair(pair.Image, recordings[i], texts[i]))];
    }

    /// <summary>The control for one modality: its items dealt out among the pairs regardless of label; everything else stays.</summary>
    public static IReadOnlyList<Pair> Shuffle(IReadOnlyList<Pair> pairs, Modality modality, long seed)
    {
        var purpose = modality switch
        {
            Modality.Image => RandomPurpose.ImageShuffle,
            Modality.Audio => RandomPurpose.RecordingShuffle,
            Modality.Text => RandomPurpose.TextShuffle,
            _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
        };
        var items = Permute([.. pairs.Select(pair => pair[modality])], RandomStream.For(seed, purpose, 0));
        return [.. pairs.Select((pair, i) => pair.With(modality, items[i]))];
    }

    private static ILookup<string, int> Index(IReadOnlyList<string> labels) =>
        Enumerable.Range(0, labels.Count).ToLookup(i => labels[i], StringComparer.Ordinal);

    private static int Draw(IEnumerable<int> candidates, RandomStream random) =>
        candidates.ToArray() is { Length: > 0 } items ? items[random.Next(items.Length)] : Pair.None;

    private static int[] Permute(int[] items, RandomStream random) =>
        [.. random.Choose(items.Length, items.Length).Select(i => items[i])];
}
