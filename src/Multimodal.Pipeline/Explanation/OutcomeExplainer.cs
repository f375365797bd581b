using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Explanation;

/// <summary>
/// Explains outcomes by fusing every subset of the modalities and executing the tasks on it. The encoders are not run again.
/// </summary>
/// <param name="pipeline">The pipeline that the outcomes are of.</param>
public sealed class OutcomeExplainer(LoadedPipeline pipeline)
{
    /// <summary>Adds to each classification what its modalities contribute and whether they agree; other outcomes stay as they are.</summary>
    /// <param name="outcomes">The outcomes on the fused embedding, in the pipeline's order of tasks.</param>
    /// <param name="embeddings">One embedding for each used modality.</param>
    /// <param name="own">The outcomes on each of them alone, in the same order of tasks.</param>
    /// <param name="effective">Each used modality's share in the fusion; what has none contributes nothing.</param>
    /// <param name="weights">Weights that replaced the pipeline's own, or null.</param>
    public IReadOnlyList<TaskOutcome> Explain(
        IReadOnlyList<TaskOutcome> outcomes,
        IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> embeddings,
        IReadOnlyDictionary<Modality, IReadOnlyList<TaskOutcome>> own,
        IReadOnlyDictionary<Modality, double> effective,
        IReadOnlyDictionary<Modality, double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(effective);
        Modality[] players = [.. embeddings.Keys.Where(modality => effective[modality] > 0).Order()];
        var ofSubsets = ExecuteSubsets(players, embeddings, weights);
        return [.. outcomes.Select((outcome, task) => outcome is ClassificationOutcome classification
            ? classification with
            {
                Contributions = Contribute(classification, task, players, embeddings.Keys, ofSubsets),
                Agreement = Agreement.Of(classification, own.ToDictionary(pair => pair.Key, pair => (ClassificationOutcome)pair.Value[task])),
            }
            : outcome)];
    }

    // For every subset but the empty one and the whole, by its bits.
    private IReadOnlyList<TaskOutcome>[] ExecuteSubsets(
        Modality[] players, IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> embeddings, IReadOnlyDictionary<Modality, double>? weights)
    {
        var whole = (1 << players.Length) - 1;
        var fused = Enumerable.Range(1, whole - 1)
            .Select(subset => pipeline.Fusion.Fuse(
                players.Where((_, i) => (subset & (1 << i)) != 0).ToDictionary(player => player, player => embeddings[player]), weights))
            .Select(embedding => (ReadOnlyMemory<float>)embedding.Vector)
            .ToList();
        return fused.Count == 0 ? [] : pipeline.Execute(fused);
    }

    private Contributions Contribute(
        ClassificationOutcome verdict, int task, Modality[] players, IEnumerable<Modality> used, IReadOnlyList<TaskOutcome>[] ofSubsets)
    {
        var prior = ((ClassificationDefinition)pipeline.Definition.Tasks[task]).PriorOf(verdict.Label);
        double[] values =
        [
            prior,
            .. ofSubsets.Select(outcomes => ProbabilityOf(verdict.Label, (ClassificationOutcome)outcomes[task])),
            verdict.Confidence,
        ];
        var shares = ShapleyValues.Compute(values);
        return new Contributions(
            prior, used.Order().ToDictionary(modality => modality, modality => Array.IndexOf(players, modality) is >= 0 and var i ? shares[i] : 0));
    }

    private static double ProbabilityOf(string label, ClassificationOutcome outcome) => outcome.Scores.First(score => score.Label == label).Score;
}
