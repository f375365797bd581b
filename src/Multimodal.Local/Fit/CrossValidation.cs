using Multimodal.Local.Evaluation;
using Multimodal.Local.Fit.Numerics;

namespace Multimodal.Local.Fit;

/// <summary>
/// Fits and judges: within each fold's training part λ is chosen on a part of it that is held back, the head is fitted, and it judges the
/// fold. What is reported of a job is said by a head that never saw it, at a temperature of the other folds.
/// </summary>
internal sealed class CrossValidation(HeadFitter fitter, FitSettings settings, IProgress<StageProgress> progress)
{
    private const int InnerFolds = 3;

    // From strong to weak: each begins where the one before ended.
    private static readonly double[] Penalties = [0.3, 0.03, 0.003, 0.0003, 0.00003];

    /// <summary>Does it.</summary>
    /// <param name="items">The jobs, of every label in at least two folds.</param>
    /// <param name="folds">The fold of each job.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public CrossValidated Run(IReadOnlyList<FitItem> items, int[] folds, CancellationToken cancellationToken)
    {
        var count = folds.Max() + 1;
        var logits = new double[items.Count][];
        for (var fold = 0; fold < count; fold++)
        {
            progress.Report(new StageProgress("cross-validation", fold, count + 1));
            var training = items.Where((_, i) => folds[i] != fold).ToList();
            var head = fitter.Fit(training, ChoosePenalty(training, cancellationToken), cancellationToken: cancellationToken);
            foreach (var (i, item) in items.Index().Where(pair => folds[pair.Index] == fold))
            {
                logits[i] = head.Logits(item);
            }
        }

        progress.Report(new StageProgress("cross-validation", count, count + 1));
        var probabilities = new double[items.Count][];
        for (var fold = 0; fold < count; fold++)
        {
            var others = Enumerable.Range(0, items.Count).Where(i => folds[i] != fold).ToList();
            var temperature = TemperatureFit.Fit([.. others.Select(i => logits[i])], [.. others.Select(i => items[i].Truth)]);
            foreach (var i in Enumerable.Range(0, items.Count).Where(i => folds[i] == fold))
            {
                probabilities[i] = SoftmaxLoss.Probabilities(logits[i], temperature);
            }
        }

        var penalty = ChoosePenalty(items, cancellationToken);
        var whole = fitter.Fit(items, penalty, cancellationToken: cancellationToken);
        var final = TemperatureFit.Fit(logits, [.. items.Select(item => item.Truth)]);
        progress.Report(new StageProgress("cross-validation", count + 1, count + 1));
        return new CrossValidated(whole.At(final), penalty, final, probabilities);
    }

    private double ChoosePenalty(IReadOnlyList<FitItem> items, CancellationToken cancellationToken)
    {
        var folds = Folds.Of(items, InnerFolds, settings.Seed);
        var training = items.Where((_, i) => folds[i] != 0).ToList();
        var held = items.Where((_, i) => folds[i] == 0).ToList();
        if (training.Count == 0 || held.Count == 0)
        {
            return Penalties[^2];
        }

        var (best, least) = (Penalties[0], double.PositiveInfinity);
        FittedHead? head = null;
        foreach (var penalty in Penalties)
        {
            head = fitter.Fit(training, penalty, head, cancellationToken);
            var loss = held.Average(item => SoftmaxLoss.Of(head.Logits(item), item.Truth));
            if (loss < least)
            {
                (best, least) = (penalty, loss);
            }
        }

        return best;
    }
}
