using Multimodal.Local.Evaluation.Methods;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Makes the report of a comparison of methods.</summary>
internal sealed class MethodsComposer(MethodComparison comparison, ClassificationDefinition task, PigeonholeBootstrap bootstrap)
{
    /// <summary>Composes it.</summary>
    public MethodsReport Compose() => new(
        comparison.Pairs.Pairs.Count,
        comparison.BestSingle,
        [.. comparison.Methods.Select(Report)],
        [.. comparison.Controls.Select(Report)]);

    private MethodReport Report(MethodTrials method)
    {
        var whole = method[Condition.Degraded, ComparedPairs.Whole];
        return new MethodReport
        {
            Name = method.Method.Name,
            Method = method.Method.Method,
            IsDefault = method.Method.IsDefault,
            Temperature = task.TemperatureOf(method.Method.Method),
            Subsets = [.. ComparedPairs.Subsets.Select(subset => new MethodSubsetReport([.. subset], Score(condition => method[condition, subset])))],
            Missing = [.. MissingInputs.Rates.Select((rate, i) => new MissingReport(rate, Score(condition => method.Missing[condition][i])))],
            OverBestSingle = bootstrap.Difference(whole, comparison.Equal[Condition.Degraded, ModalitySet.Of(comparison.BestSingle)]),
            OverEqual = method == comparison.Equal ? null : bootstrap.Difference(whole, comparison.Equal[Condition.Degraded, ComparedPairs.Whole]),
            BehindBest = new ScoreReport(
                method.Missing[Condition.Clean][MissingInputs.Half].Count, Behind(method, Condition.Clean), Behind(method, Condition.Degraded)),
            CalibrationError = new CalibrationReport(
                CalibrationError.Of(Enum.GetValues<Condition>().SelectMany(condition => ComparedPairs.Subsets.SelectMany(subset => Verdicts(method, condition, subset)))),
                CalibrationError.Of(Verdicts(method, Condition.Clean, ComparedPairs.Whole)),
                CalibrationError.Of(Verdicts(method, Condition.Degraded, ComparedPairs.Whole))),
        };
    }

    private ControlReport Report(ShuffledControl control)
    {
        var others = ComparedPairs.Whole.Without(control.Modality);
        return new ControlReport
        {
            Modality = control.Modality,
            Alone = Score(condition => control.Conditions[condition].Alone),
            Together = Score(condition => control.Conditions[condition].Together),
            Without = Score(condition => comparison.Default[condition, others]),
            Contribution = new ContributionReport(InPlace(Condition.Clean), InPlace(Condition.Degraded)),
            ShuffledContribution = new ContributionReport(
                control.Conditions[Condition.Clean].Contribution, control.Conditions[Condition.Degraded].Contribution),
        };

        double InPlace(Condition condition) =>
            ShuffledControl.Contributions(subset => comparison.Default.Of(condition, subset), comparison.Prior)[control.Modality];
    }

    private Estimate? Behind(MethodTrials method, Condition condition) =>
        bootstrap.Difference(comparison.BestForEachSubset(condition), method.Missing[condition][MissingInputs.Half]);

    private ScoreReport Score(Func<Condition, Trial> trial) =>
        new(trial(Condition.Clean).Count, bootstrap.Estimate(trial(Condition.Clean)), bootstrap.Estimate(trial(Condition.Degraded)));

    private IEnumerable<(double Confidence, bool IsRight)> Verdicts(MethodTrials method, Condition condition, ModalitySet subset) =>
        method.Of(condition, subset)
            .Select((judgement, pair) => (Judgement: judgement, Truth: comparison.Pairs.Truth[pair]))
            .Where(pair => pair.Judgement is not null)
            .Select(pair => (pair.Judgement!.Value.Confidence, pair.Judgement.Value.Label == pair.Truth));
}
