using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Fit.Reporting;

/// <summary>Counts what heads said of jobs that they never saw.</summary>
internal static class FitReporter
{
    private const int Resamples = 2000;

    /// <summary>Reports; what was written is the caller's to add.</summary>
    public static FitReport Of(FitSettings settings, IReadOnlyList<string> labels, IReadOnlyList<FitItem> items, int folds, CrossValidated validated)
    {
        var verdicts = items.Select((item, i) => (item.Truth, Said: BestOf(validated.Probabilities[i]), Confidence: validated.Probabilities[i].Max())).ToList();
        List<(double Confidence, bool IsRight)> judged = [.. verdicts.Select(verdict => (verdict.Confidence, verdict.Said == verdict.Truth))];
        var coverage = new RiskCoverage(judged);
        return new FitReport
        {
            Basis = settings.Pipeline,
            Pipeline = "",
            Version = "",
            Task = settings.Task,
            Labels = labels,
            Jobs = items.Count,
            Groups = items.Any(item => item.Group is not null) ? items.Select(item => item.Group).Distinct().Count() : null,
            Folds = folds,
            Accuracy = AccuracyOf(items, judged, settings.Seed),
            Chance = items.GroupBy(item => item.Truth).Max(label => label.Count()) / (double)items.Count,
            CalibrationError = Evaluation.Methods.CalibrationError.Of(judged),
            Loss = items.Select((item, i) => -Math.Log(Math.Max(validated.Probabilities[i][item.Truth], 1e-12))).Average(),
            Penalty = validated.Penalty,
            Temperature = validated.Temperature,
            Confusion =
            [
                .. Enumerable.Range(0, labels.Count).Select(truth =>
                    (IReadOnlyList<int>)[.. Enumerable.Range(0, labels.Count).Select(said => verdicts.Count(verdict => verdict.Truth == truth && verdict.Said == said))]),
            ],
            RiskCoverage = RiskCoverageReport.Of(settings.Task, coverage),
            Threshold = settings.Risk is { } risk ? coverage.Within(risk) : null,
        };
    }

    private static int BestOf(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    // What jobs of a group share, they share in every resample: groups are drawn, with all that is of them.
    private static Estimate AccuracyOf(IReadOnlyList<FitItem> items, List<(double Confidence, bool IsRight)> judged, int seed)
    {
        var groups = items.Index().GroupBy(item => item.Item.Group ?? $"\0{item.Index}", StringComparer.Ordinal)
            .Select(group => (Count: group.Count(), Right: group.Count(item => judged[item.Index].IsRight))).ToArray();
        var resampled = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var random = RandomStream.For(seed, RandomPurpose.FitResample, i);
            var (count, right) = (0, 0);
            for (var j = 0; j < groups.Length; j++)
            {
                var (drawn, good) = groups[random.Next(groups.Length)];
                (count, right) = (count + drawn, right + good);
            }

            resampled[i] = (double)right / count;
        }

        return Estimate.Of((double)judged.Count(verdict => verdict.IsRight) / judged.Count, resampled);
    }
}
