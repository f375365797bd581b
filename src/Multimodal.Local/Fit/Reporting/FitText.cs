using System.Globalization;
using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Fit.Reporting;

/// <summary>The report as Markdown.</summary>
internal static class FitText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Write(FitReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(Culture, $"# {report.Pipeline} {report.Version}: {report.Task}\n\n");
        text.Append(Culture, $"A head on the encoders of {report.Basis}, fitted on {report.Jobs} jobs");
        text.Append(Culture, $"{(report.Groups is { } groups ? $" of {groups} groups" : "")}; judged by {report.Folds}-fold cross-validation{(report.Groups is null ? "" : ", no group on both sides")}.\n\n");
        foreach (var line in Lines(report))
        {
            text.Append(Culture, $"- {line.Name}: {line.Value}\n");
        }

        text.Append("\n## What was taken for what\n\n| truth | ").AppendJoin(" | ", report.Labels.Select(Cell)).Append(" |\n| --- |");
        text.Insert(text.Length, " ---: |", report.Labels.Count).Append('\n');
        foreach (var (label, row) in report.Labels.Zip(report.Confusion))
        {
            text.Append(Culture, $"| {Cell(label)} | ").AppendJoin(" | ", row).Append(" |\n");
        }

        text.Append("\n## Coverage against risk\n\n| confidence from | coverage | wrong among them |\n| ---: | ---: | ---: |\n");
        foreach (var point in report.RiskCoverage.Thresholds)
        {
            text.Append(Culture, $"| {point.Threshold:0.##} | {100 * point.Coverage:0.0} % | {(point.Risk is { } risk ? string.Create(Culture, $"{100 * risk:0.00} %") : "–")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The figures, each with its name.</summary>
    public static IEnumerable<(string Name, string Value)> Lines(FitReport report)
    {
        yield return ("accuracy", string.Create(Culture, $"{100 * report.Accuracy.Value:0.0} % (95 %: {100 * report.Accuracy.Low:0.0} to {100 * report.Accuracy.High:0.0}); always the commonest label: {100 * report.Chance:0.0} %"));
        yield return ("expected calibration error", string.Create(Culture, $"{100 * report.CalibrationError:0.00} %"));
        yield return ("negative log-likelihood", string.Create(Culture, $"{report.Loss:0.000}"));
        if (report.Weights is { } weights)
        {
            yield return ("fusion weights", string.Join(", ", weights.Select(pair => string.Create(Culture, $"{pair.Key.ToName()} {pair.Value:0.00}"))));
        }

        yield return ("temperature", string.Create(Culture, $"{report.Temperature:0.00}"));
        yield return ("penalty", string.Create(Culture, $"{report.Penalty:0.#####}"));
        if (report.Threshold is { } threshold)
        {
            yield return ("review below", string.Create(Culture, $"{100 * threshold.Threshold:0.0} %: {100 * threshold.Coverage:0.0} % pass, {100 * (threshold.Risk ?? 0):0.00} % of them wrong"));
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
