using System.Globalization;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Numbers as the table, the chart and the sentences write them.</summary>
internal static class ReportFormat
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>An accuracy in percent with its interval: <c>97.8 (97.1–98.4)</c>; a dash where there is none.</summary>
    public static string Accuracy(Estimate? estimate) => estimate is null
        ? "–"
        : string.Create(Culture, $"{100 * estimate.Value:0.0} ({100 * estimate.Low:0.0}–{100 * estimate.High:0.0})");

    /// <summary>A difference in percentage points with its interval: <c>+8.1 (+6.9 to +9.3)</c>.</summary>
    public static string Difference(Estimate estimate) => string.Create(
        Culture, $"{100 * estimate.Value:+0.0;-0.0;0.0} ({100 * estimate.Low:+0.0;-0.0;0.0} to {100 * estimate.High:+0.0;-0.0;0.0})");

    /// <summary>A count with thousands set apart.</summary>
    public static string Count(int count) => count.ToString("N0", Culture);

    /// <summary>A share in percent, with no more digits than it has.</summary>
    public static string Share(double share) => string.Create(Culture, $"{100 * share:0.#} %");
}
