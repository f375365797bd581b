using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>What one method says to the same pairs, on every subset of the modalities and in every condition.</summary>
internal sealed class MethodTrials
{
    private readonly Dictionary<(Condition, ModalitySet), Judgement?[]> _judgements = [];
    private readonly Dictionary<(Condition, ModalitySet), Trial> _trials = [];

    /// <summary>Judges the pairs.</summary>
    public MethodTrials(ComparedMethod method, MethodJudge judge, ComparedPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(pairs);
        Method = method;
        foreach (var condition in Enum.GetValues<Condition>())
        {
            foreach (var subset in ComparedPairs.Subsets)
            {
                var judgements = judge.Judge(method, pairs.Pairs, pairs.Truth, subset, condition);
                _judgements[(condition, subset)] = judgements;
                _trials[(condition, subset)] = pairs.TrialOf([.. judgements.Select(judgement => judgement?.Label)]);
            }

            Missing[condition] = [.. MissingInputs.Rates.Select((rate, i) =>
                pairs.TrialWithMissing(pairs.Missing.SetsAt(i), (pair, present) => _judgements[(condition, present)][pair]?.Label))];
        }
    }

    /// <summary>The method.</summary>
    public ComparedMethod Method { get; }

    /// <summary>The trials with inputs missing at random, by condition, one for each of <see cref="MissingInputs.Rates"/>.</summary>
    public Dictionary<Condition, IReadOnlyList<Trial>> Missing { get; } = [];

    /// <summary>Every trial.</summary>
    public IEnumerable<Trial> All => [.. _trials.Values, .. Missing.Values.SelectMany(trials => trials)];

    /// <summary>The trial of a subset.</summary>
    public Trial this[Condition condition, ModalitySet subset] => _trials[(condition, subset)];

    /// <summary>The judgements of a subset.</summary>
    public IReadOnlyList<Judgement?> Of(Condition condition, ModalitySet subset) => _judgements[(condition, subset)];
}
