using System.Text.Json;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Writes a report's files.</summary>
internal static class ReportFolder
{
    /// <summary>
    /// Writes <c>evaluation.json</c>, <c>evaluation.md</c> and <c>accuracy.svg</c>, and where methods were compared <c>methods.svg</c> and
    /// <c>missing.svg</c>, and <c>coverage.svg</c>.
    /// </summary>
    /// <exception cref="UsageException">They cannot be written there.</exception>
    public static void Write(string folder, EvaluationReport report)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "evaluation.json"), JsonSerializer.Serialize(report, EvaluationJson.Default.EvaluationReport) + "\n");
            File.WriteAllText(Path.Combine(folder, "evaluation.md"), MarkdownReport.Write(report));
            File.WriteAllText(Path.Combine(folder, "accuracy.svg"), AccuracyChart.Write(report));
            if (report.Methods is { } methods)
            {
                File.WriteAllText(Path.Combine(folder, "methods.svg"), MethodsChart.Write(report, methods));
                File.WriteAllText(Path.Combine(folder, "missing.svg"), MissingChart.Write(report, methods));
            }

            if (report.Coverage is { Count: > 0 } coverage)
            {
                File.WriteAllText(Path.Combine(folder, "coverage.svg"), RiskCoverageChart.Write($"{report.Pipeline.Name} {report.Pipeline.Version}", coverage));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The reports cannot be written to '{folder}': {e.Message} Name another folder by --out.");
        }
    }
}
