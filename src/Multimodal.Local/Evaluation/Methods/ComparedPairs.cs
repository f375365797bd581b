using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>The pairs that methods are compared on: those that have all modalities.</summary>
internal sealed class ComparedPairs
{
    private static readonly Modality[] Sources = Enum.GetValues<Modality>();

    /// <summary>Takes the complete ones of the pairs.</summary>
    public ComparedPairs(IReadOnlyList<Pair> pairs, IReadOnlyList<string> pictureLabels, long seed)
    {
        Pairs = [.. pairs.Where(pair => Sources.All(modality => pair[modality] != Pair.None))];
        Truth = [.. Pairs.Select(pair => pictureLabels[pair.Image])];
        Missing = new MissingInputs(Pairs.Count, seed);
    }

    /// <summary>All modalities.</summary>
    public static ModalitySet Whole { get; } = ModalitySet.Of(Sources);

    /// <summary>Every subset of the modalities but the empty one, small ones first.</summary>
    public static IReadOnlyList<ModalitySet> Subsets { get; } = [.. Whole.Subsets().Skip(1).OrderBy(subset => subset.Count)];

    /// <summary>The pairs.</summary>
    public IReadOnlyList<Pair> Pairs { get; }

    /// <summary>Each pair's true label.</summary>
    public IReadOnlyList<string> Truth { get; }

    /// <summary>What is missing of each at random.</summary>
    public MissingInputs Missing { get; }

    /// <summary>The trial of verdicts on all pairs, resampled by the items of every modality, so that all trials here are paired.</summary>
    public Trial TrialOf(IReadOnlyList<string?> verdicts) => new(Pairs, Sources, Truth, verdicts);

    /// <summary>The trial of verdicts on pairs whose items were dealt out anew, against the true labels of these.</summary>
    public Trial TrialOf(IReadOnlyList<Pair> shuffled, IReadOnlyList<string?> verdicts) => new(shuffled, Sources, Truth, verdicts);

    /// <summary>The trial of the pairs of which something is there.</summary>
    /// <param name="present">What is there of each pair.</param>
    /// <param name="verdictOf">The verdict on a pair, by its place, on what is there.</param>
    public Trial TrialWithMissing(IReadOnlyList<ModalitySet> present, Func<int, ModalitySet, string?> verdictOf)
    {
        int[] left = [.. Enumerable.Range(0, Pairs.Count).Where(pair => present[pair].Count > 0)];
        return new Trial(
            [.. left.Select(pair => Pairs[pair])], Sources, [.. left.Select(pair => Truth[pair])], [.. left.Select(pair => verdictOf(pair, present[pair]))]);
    }
}
