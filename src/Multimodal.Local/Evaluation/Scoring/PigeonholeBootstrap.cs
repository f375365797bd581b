using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>
/// The pigeonhole bootstrap (Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007) 386–411): pairs share items,
/// 300 recordings serve 2,000 pairs, so the items of each modality are resampled, not the pairs. On items alone it is the plain bootstrap.
/// </summary>
internal sealed class PigeonholeBootstrap
{
    /// <summary>The share of the resamples that lie within an interval.</summary>
    public const double Confidence = 0.95;

    private readonly Dictionary<Trial, double[]> _accuracies;

    private PigeonholeBootstrap(Dictionary<Trial, double[]> accuracies) => _accuracies = accuracies;

    /// <summary>Resamples trials, all on the same draws, so that their differences are paired.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="sizes">How many items each modality has.</param>
    /// <param name="resamples">How many resamples, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static PigeonholeBootstrap Run(
        IReadOnlyList<Trial> trials, IReadOnlyDictionary<Modality, int> sizes, int resamples, long seed, CancellationToken cancellationToken)
    {
        var accuracies = trials.ToDictionary(trial => trial, _ => new double[resamples]);
        Parallel.For(0, resamples, new ParallelOptions { CancellationToken = cancellationToken }, resample =>
        {
            var counts = ItemCounts.Draw(sizes, seed, resample);
            foreach (var (trial, values) in accuracies)
            {
                values[resample] = counts.Accuracy(trial);
            }
        });
        return new PigeonholeBootstrap(accuracies);
    }

    /// <summary>A trial's accuracy with its interval; null where the trial has no pairs.</summary>
    public Estimate? Estimate(Trial trial) =>
        trial.Count == 0 ? null : Scoring.Estimate.Of(trial.Accuracy, _accuracies[trial]);

    /// <summary>By how much the first trial's accuracy is above the second's, with its interval; null where one has no pairs.</summary>
    public Estimate? Difference(Trial first, Trial second) =>
        first.Count == 0 || second.Count == 0
            ? null
            : Scoring.Estimate.Of(
                first.Accuracy - second.Accuracy, [.. _accuracies[first].Zip(_accuracies[second], (one, other) => one - other)]);
}
