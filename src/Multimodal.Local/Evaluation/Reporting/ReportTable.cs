namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The table's cells, for every way of writing it.</summary>
internal static class ReportTable
{
    /// <summary>What stands above the columns.</summary>
    public static IReadOnlyList<string> Header { get; } =
        ["modalities", "n", "clean", "degraded", "shuffled, clean", "shuffled, degraded"];

    /// <summary>A row for each subset.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(EvaluationReport report) => report.Subsets.Select(subset => (IReadOnlyList<string>)
    [
        subset.Name,
        ReportFormat.Count(subset.Headline.Count),
        ReportFormat.Accuracy(subset.Headline.Clean),
        ReportFormat.Accuracy(subset.Headline.Degraded),
        subset.Control is { } control ? ReportFormat.Accuracy(control.Clean) : "",
        subset.Control is { } shuffled ? ReportFormat.Accuracy(shuffled.Degraded) : "",
    ]);
}
