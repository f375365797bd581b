using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The cells of the tables that compare methods, for every way of writing them.</summary>
internal static class MethodsTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>What stands above the columns of the methods.</summary>
    public static IReadOnlyList<string> Header { get; } =
        ["method", "clean", "degraded", "over equal weights", "half missing, clean", "half missing, degraded", "behind the best", "calibration error", "of that degraded"];

    /// <summary>What stands above the columns of the subsets.</summary>
    public static IReadOnlyList<string> SubsetHeader { get; } = ["method, degraded", "image + text", "image + audio", "text + audio", "image + text + audio"];

    /// <summary>What stands above the columns of the control.</summary>
    public static IReadOnlyList<string> ControlHeader { get; } =
        ["dealt out", "it alone", "all three", "without it", "all three, degraded", "without it, degraded", "contributes", "dealt out", "contributes, degraded", "dealt out, degraded"];

    /// <summary>A row for each method.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(MethodsReport report) => report.Methods.Select(method => (IReadOnlyList<string>)
    [
        Name(method),
        ReportFormat.Accuracy(method.Subsets[^1].Score.Clean),
        ReportFormat.Accuracy(method.Subsets[^1].Score.Degraded),
        method.OverEqual is { } over ? ReportFormat.Difference(over) : "",
        ReportFormat.Accuracy(Half(method).Clean),
        ReportFormat.Accuracy(Half(method).Degraded),
        method.BehindBest.Degraded is { } behind ? ReportFormat.Difference(behind) : "–",
        Percent(method.CalibrationError.All),
        Percent(method.CalibrationError.Degraded),
    ]);

    /// <summary>A row for each method, with its accuracy on degraded pairs of several modalities.</summary>
    public static IEnumerable<IReadOnlyList<string>> SubsetRows(MethodsReport report) => report.Methods.Select(method => (IReadOnlyList<string>)
    [
        Name(method),
        .. method.Subsets.Where(subset => subset.Modalities.Count > 1).Select(subset => ReportFormat.Accuracy(subset.Score.Degraded)),
    ]);

    /// <summary>A row for each modality.</summary>
    public static IEnumerable<IReadOnlyList<string>> ControlRows(MethodsReport report) => report.Control.Select(control => (IReadOnlyList<string>)
    [
        control.Modality.ToName(),
        ReportFormat.Accuracy(control.Alone.Clean),
        ReportFormat.Accuracy(control.Together.Clean),
        ReportFormat.Accuracy(control.Without.Clean),
        ReportFormat.Accuracy(control.Together.Degraded),
        ReportFormat.Accuracy(control.Without.Degraded),
        Contribution(control.Contribution.Clean),
        Contribution(control.ShuffledContribution.Clean),
        Contribution(control.Contribution.Degraded),
        Contribution(control.ShuffledContribution.Degraded),
    ]);

    /// <summary>What the tables are of.</summary>
    public static IEnumerable<string> Sentences(MethodsReport report)
    {
        var best = report.Methods.MaxBy(method => method.Subsets[^1].Score.Degraded?.Value ?? 0)!;
        yield return string.Create(
            Culture,
            $"Methods of fusion on the same {ReportFormat.Count(report.Count)} pairs, all three modalities, accuracy in %. Half missing: each input with the probability 1/2, " +
            $"on the pairs of which something is left; behind the best: in points, degraded, against choosing for what is left of each pair the method that is best for it. " +
            $"Calibration error: expected, {Methods.CalibrationError.Bins} bins, in %, over every subset of the modalities, clean and degraded, and of all three degraded. " +
            $"The pipeline's own method: {string.Join(", ", report.Methods.Where(method => method.IsDefault).Select(method => method.Name))}.");
        if (best.OverBestSingle is { } single)
        {
            yield return $"Degraded, {best.Name} is best: {ReportFormat.Difference(single)} points above {report.BestSingle.ToName()} alone, the best single one" +
                $"{(best.OverEqual is { } equal ? $", and {ReportFormat.Difference(equal)} above plain equal weights" : "")}.";
        }
    }

    /// <summary>What the table of the control is of.</summary>
    public static string ControlSentence => "The control, by the pipeline's own method: the items of one modality are dealt out regardless of label, the others stay. " +
        "Contributes: its mean Shapley value for the probability of the true label, in points, in its place and dealt out, where it speaks for other labels and so takes away.";

    /// <summary>Half of all inputs missing.</summary>
    public static ScoreReport Half(MethodReport method) => method.Missing[Methods.MissingInputs.Half].Score;

    private static string Name(MethodReport method) => method.IsDefault ? $"**{method.Name}**" : method.Name;

    private static string Percent(double share) => string.Create(Culture, $"{100 * share:0.0}");

    private static string Contribution(double share) => string.Create(Culture, $"{100 * share:+0.0;-0.0;0.0}");
}
