using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Judges each subset of the modalities on items, pairs and shuffled pairs, clean and degraded.</summary>
/// <param name="judge">Gives the verdicts.</param>
/// <param name="labels">Each modality's true labels, by item.</param>
/// <param name="pairs">Pairs of one label.</param>
/// <param name="shuffled">The control's pairs.</param>
internal sealed class SubsetTrialMaker(
    Judge judge, IReadOnlyDictionary<Modality, IReadOnlyList<string>> labels, IReadOnlyList<Pair> pairs, IReadOnlyList<Pair> shuffled)
{
    /// <summary>Makes a subset's trials.</summary>
    public SubsetTrials Make(ModalitySubset subset) => new()
    {
        Subset = subset,
        Items = subset.IsSingle ? OnItems(subset) : null,
        Pairs = OnPairs(pairs, subset, subset.Modalities),

        // A shuffled pair is judged against its picture's label, so its verdict depends on the picture in any case.
        Control = subset.IsSingle ? null : OnPairs(shuffled, subset, [.. subset.Modalities.Union([Modality.Image])]),
    };

    /// <summary>Each modality alone on the degraded pairs that have all three: the same pairs, resampled alike, for paired differences.</summary>
    public IReadOnlyDictionary<Modality, Trial> MakeRivals(SubsetTrials full)
    {
        var trial = full.Pairs[Condition.Degraded];
        return ModalitySubset.All.Where(subset => subset.IsSingle).ToDictionary(
            single => single.Modalities[0],
            single => new Trial(trial.Pairs, trial.Sources, trial.Truth, judge.Verdicts(trial.Pairs, single, Condition.Degraded)));
    }

    private Dictionary<Condition, Trial> OnItems(ModalitySubset single)
    {
        var modality = single.Modalities[0];
        Pair[] items = [.. Enumerable.Range(0, labels[modality].Count).Select(item => Pair.Alone(modality, item))];
        return Judge(items, single, single.Modalities, labels[modality]);
    }

    private Dictionary<Condition, Trial> OnPairs(IReadOnlyList<Pair> all, ModalitySubset subset, IReadOnlyList<Modality> sources)
    {
        Pair[] covered = [.. all.Where(pair => pair.Covers(subset))];
        return Judge(covered, subset, sources, [.. covered.Select(pair => labels[Modality.Image][pair.Image])]);
    }

    private Dictionary<Condition, Trial> Judge(
        IReadOnlyList<Pair> covered, ModalitySubset subset, IReadOnlyList<Modality> sources, IReadOnlyList<string> truth) =>
        Enum.GetValues<Condition>().ToDictionary(
            condition => condition, condition => new Trial(covered, sources, truth, judge.Verdicts(covered, subset, condition)));
}
