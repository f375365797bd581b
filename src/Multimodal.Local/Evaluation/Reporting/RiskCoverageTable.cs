using System.Globalization;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The cells of the table of coverage against risk, for every way of writing it.</summary>
internal static class RiskCoverageTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>What stands above the columns: the thresholds, then coverage and risk of each report.</summary>
    public static IReadOnlyList<string> Header(IReadOnlyList<RiskCoverageReport> reports) =>
        ["confidence from", .. reports.SelectMany(report => (string[])[$"{report.Name}: coverage", "wrong among them"])];

    /// <summary>A row for each threshold.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<RiskCoverageReport> reports) =>
        reports.Count == 0 ? [] : reports[0].Thresholds.Select((point, i) => (IReadOnlyList<string>)
        [
            point.Threshold == 0 ? "any" : string.Create(Culture, $"{point.Threshold:0.##}"),
            .. reports.SelectMany(report => (string[])[Percent(report.Thresholds[i].Coverage, "0.0"), report.Thresholds[i].Risk is { } risk ? Percent(risk, "0.00") : "–"]),
        ]);

    /// <summary>What leaving unsure verdicts to people buys, in words.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyList<RiskCoverageReport> reports)
    {
        foreach (var report in reports)
        {
            var within = report.Within.Select(risk => string.Create(
                Culture, $"at most {risk.Key} wrong: {Percent(risk.Value.Coverage, "0.0")} % of them, from the confidence {risk.Value.Threshold:0.000}"));
            yield return string.Create(
                Culture, $"Verdicts left to people where the confidence is below a threshold, {report.Name}, {ReportFormat.Count(report.Count)} verdicts: {string.Join("; ", within)}. " +
                $"The risk averaged over all coverages is {Percent(report.Area, "0.00")} %.");
        }
    }

    private static string Percent(double share, string format) => (100 * share).ToString(format, Culture);
}
