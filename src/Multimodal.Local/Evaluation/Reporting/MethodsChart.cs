using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>
/// Dots in SVG: each method's accuracy on degraded items, with all modalities and with half of all inputs missing, with their intervals.
/// The axis does not begin at zero, so there are dots and no bars.
/// </summary>
internal static class MethodsChart
{
    private const int Width = 860, Left = 190, Right = 60, Top = 92, Row = 44, Bottom = 62;
    private const double Least = 0.7;
    private const string Style = """
        .own { font-weight: 600; }
        .whole { fill: #0072b2; stroke: #0072b2; stroke-width: 1.75; }
        .half { fill: #e69f00; stroke: #e69f00; stroke-width: 1.75; }
        """;

    private const string DarkStyle = """
        .whole { fill: #4aa3df; stroke: #4aa3df; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    public static string Write(EvaluationReport report, MethodsReport methods)
    {
        var bottom = Top + (Row * methods.Methods.Count);
        var svg = SvgPage.Begin(
            Width,
            bottom + Bottom,
            $"Methods of fusion of {report.Pipeline.Name} {report.Pipeline.Version}, degraded",
            string.Join("; ", methods.Methods.Select(Describe)),
            Style,
            DarkStyle);
        svg.Append(Culture, $"""
            <circle class="whole" cx="28" cy="54" r="4"/><text x="42" y="58">all three</text>
            <circle class="half" cx="128" cy="54" r="4"/><text x="142" y="58">half of all inputs missing</text>
            <text class="note" x="330" y="58">with 95 % intervals; bold: the pipeline’s own</text>

            """);
        for (var percent = (int)Math.Round(100 * Least); percent <= 100; percent += 5)
        {
            svg.Append(Culture, $"""
                <path class="grid" d="M{X(percent / 100.0)} {Top - 6}V{bottom}"/>
                <text class="note" x="{X(percent / 100.0)}" y="{bottom + 18}" text-anchor="middle">{percent}</text>

                """);
        }

        foreach (var (index, method) in methods.Methods.Index())
        {
            var y = Top + (Row * index) + (Row / 2) - 4;
            svg.Append(Culture, $"""
                <text{(method.IsDefault ? " class=\"own\"" : "")} x="{Left - 12}" y="{y + 4}" text-anchor="end">{SvgPage.Escape(method.Name)}</text>

                """);
            Dot(svg, "whole", method.Subsets[^1].Score.Degraded, y);
            Dot(svg, "half", MethodsTable.Half(method).Degraded, y);
        }

        svg.Append(Culture, $"""
            <text x="{X((1 + Least) / 2)}" y="{bottom + 42}" text-anchor="middle">accuracy in %</text>

            """);
        return SvgPage.End(svg);
    }

    private static void Dot(StringBuilder svg, string name, Estimate? estimate, int y)
    {
        if (estimate is null)
        {
            return;
        }

        svg.Append(Culture, $"""
            <path class="{name}" d="M{X(estimate.Low)} {y}H{X(estimate.High)}M{X(estimate.Low)} {y - 4}v8M{X(estimate.High)} {y - 4}v8"/>
            <circle class="{name}" cx="{X(estimate.Value)}" cy="{y}" r="4"/>
            <text class="note" x="{X(estimate.Value)}" y="{y + 19}" text-anchor="middle">{100 * estimate.Value:0.0}</text>

            """);
    }

    private static string Describe(MethodReport method) =>
        $"{method.Name}: all three {ReportFormat.Accuracy(method.Subsets[^1].Score.Degraded)}, half missing {ReportFormat.Accuracy(MethodsTable.Half(method).Degraded)}";

    private static double X(double share) => Math.Round(Left + ((Math.Max(share, Least) - Least) / (1 - Least) * (Width - Left - Right)), 1);
}
