using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>
/// The control: the items of one modality are dealt out regardless of label. It then knows nothing: alone it is right by chance, and
/// what it contributes to the probability of the true label is not to be above 0.
/// </summary>
internal sealed class ShuffledControl
{
    private ShuffledControl(Modality modality, IReadOnlyDictionary<Condition, ConditionControl> conditions) =>
        (Modality, Conditions) = (modality, conditions);

    /// <summary>The modality whose items were dealt out.</summary>
    public Modality Modality { get; }

    /// <summary>What came of it, by condition.</summary>
    public IReadOnlyDictionary<Condition, ConditionControl> Conditions { get; }

    /// <summary>Every trial.</summary>
    public IEnumerable<Trial> All => Conditions.Values.SelectMany(condition => (Trial[])[condition.Alone, condition.Together]);

    /// <summary>Deals out the items of a modality and judges the pairs again.</summary>
    public static ShuffledControl Run(ComparedMethod method, MethodJudge judge, ComparedPairs pairs, IReadOnlyList<Pair> shuffled, Modality modality)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(pairs);
        return new ShuffledControl(modality, Enum.GetValues<Condition>().ToDictionary(condition => condition, condition => Run(method, judge, pairs, shuffled, modality, condition)));
    }

    /// <summary>The mean contribution of each modality to the probability of the true label: the mean of its Shapley values.</summary>
    /// <param name="bySubset">The judgements of each pair on each subset of the modalities but the empty one.</param>
    /// <param name="prior">The probability of a label before anything is known.</param>
    public static IReadOnlyDictionary<Modality, double> Contributions(Func<ModalitySet, IReadOnlyList<Judgement?>> bySubset, double prior)
    {
        ArgumentNullException.ThrowIfNull(bySubset);
        var subsets = ComparedPairs.Whole.Subsets();
        var judgements = subsets.Skip(1).Select(bySubset).ToList();
        double[][] shares =
        [
            .. Enumerable.Range(0, judgements[0].Count)
                .Where(pair => judgements.All(of => of[pair] is not null))
                .Select(pair => ShapleyValues.Compute([prior, .. judgements.Select(of => of[pair]!.Value.OfTruth)]))
        ];
        return ComparedPairs.Whole.Index().ToDictionary(item => item.Item, item => Math.Round(shares.Average(share => share[item.Index]), 6));
    }

    private static ConditionControl Run(
        ComparedMethod method, MethodJudge judge, ComparedPairs pairs, IReadOnlyList<Pair> shuffled, Modality modality, Condition condition)
    {
        var bySubset = ComparedPairs.Subsets.ToDictionary(
            subset => subset, subset => judge.Judge(method, shuffled, pairs.Truth, subset, condition));
        return new ConditionControl(
            TrialOf(ModalitySet.Of(modality)),
            TrialOf(ComparedPairs.Whole),
            Contributions(subset => bySubset[subset], judge.Prior)[modality]);

        Trial TrialOf(ModalitySet subset) => pairs.TrialOf(shuffled, [.. bySubset[subset].Select(judgement => judgement?.Label)]);
    }
}
