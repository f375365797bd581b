using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>
/// A chart in SVG: for each subset of the modalities a bar clean and a bar degraded, with their intervals as whiskers and the shuffled
/// control as a diamond. Colours tell apart for every kind of colour vision (Okabe and Ito's sky blue and orange), on light and dark grounds.
/// </summary>
internal static class AccuracyChart
{
    private const int Width = 860;
    private const int Left = 190;
    private const int Right = 100;
    private const int Top = 92;
    private const int Bar = 16;
    private const int Group = 52;
    private const int Bottom = 62;
    private const string Style = """
        .value { font-size: 12px; fill: #57606a; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; }
        .clean { fill: #56b4e9; }
        .degraded { fill: #e69f00; }
        .control { fill: #ffffff; stroke: #24292f; stroke-width: 1.5; }
        .whisker { stroke: #24292f; stroke-width: 1.5; fill: none; }
        """;

    private const string DarkStyle = """
        .value { fill: #9198a1; stroke: #0d1117; }
        .clean { fill: #2478b5; }
        .degraded { fill: #b87a00; }
        .control { fill: #0d1117; stroke: #e6edf3; }
        .whisker { stroke: #e6edf3; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    public static string Write(EvaluationReport report)
    {
        var bottom = Top + (Group * report.Subsets.Count);
        var svg = SvgPage.Begin(
            Width,
            bottom + Bottom,
            $"Accuracy of {report.Pipeline.Name} {report.Pipeline.Version} by modalities present",
            string.Join("; ", report.Subsets.Select(Describe)),
            Style,
            DarkStyle);
        Legend(svg, report.Level);
        Axis(svg, bottom);
        foreach (var (index, subset) in report.Subsets.Index())
        {
            Draw(svg, subset, Top + (Group * index));
        }

        return SvgPage.End(svg);
    }

    private static void Legend(StringBuilder svg, double level) => svg.Append(Culture, $"""
        <rect class="clean" x="20" y="47" width="{Bar}" height="12"/><text x="42" y="58">clean</text>
        <rect class="degraded" x="100" y="47" width="{Bar}" height="12"/><text x="122" y="58">degraded (level {level})</text>
        <path class="control" d="M286 47l6 6l-6 6l-6 -6z"/><text x="300" y="58">degraded, pairs shuffled: the control</text>
        <path class="whisker" d="M572 53h24m-24 -4v8m24 -8v8"/><text x="604" y="58">95 % interval</text>

        """);

    private static void Axis(StringBuilder svg, int bottom)
    {
        for (var percent = 0; percent <= 100; percent += 20)
        {
            svg.Append(Culture, $"""
                <path class="grid" d="M{X(percent / 100.0)} {Top - 6}V{bottom}"/>
                <text class="note" x="{X(percent / 100.0)}" y="{bottom + 18}" text-anchor="middle">{percent}</text>

                """);
        }

        svg.Append(Culture, $"""
            <text x="{X(0.5)}" y="{bottom + 42}" text-anchor="middle">accuracy in %</text>

            """);
    }

    private static void Draw(StringBuilder svg, SubsetReport subset, int top)
    {
        svg.Append(Culture, $"""
            <text x="{Left - 12}" y="{top + 17}" text-anchor="end">{SvgPage.Escape(subset.Name)}</text>
            <text class="note" x="{Left - 12}" y="{top + 33}" text-anchor="end">n = {ReportFormat.Count(subset.Headline.Count)}</text>

            """);
        DrawBar(svg, subset.Headline.Clean, "clean", top + 4);
        DrawBar(svg, subset.Headline.Degraded, "degraded", top + 4 + Bar + 3);
        if (subset.Control?.Degraded is { } control)
        {
            svg.Append(Culture, $"""
                <path class="control" d="M{X(control.Value)} {top + 4 + Bar + 3 + 2}l6 6l-6 6l-6 -6z"/>

                """);
        }
    }

    private static void DrawBar(StringBuilder svg, Estimate? estimate, string name, int top)
    {
        if (estimate is null)
        {
            return;
        }

        var middle = top + (Bar / 2);
        svg.Append(Culture, $"""
            <rect class="{name}" x="{Left}" y="{top}" width="{X(estimate.Value) - Left}" height="{Bar}"/>
            <path class="whisker" d="M{X(estimate.Low)} {middle}H{X(estimate.High)}M{X(estimate.Low)} {middle - 4}v8M{X(estimate.High)} {middle - 4}v8"/>
            <text class="value" x="{X(estimate.High) + 8}" y="{middle + 4}">{100 * estimate.Value:0.0}</text>

            """);
    }

    private static string Describe(SubsetReport subset) =>
        $"{subset.Name}: clean {ReportFormat.Accuracy(subset.Headline.Clean)}, degraded {ReportFormat.Accuracy(subset.Headline.Degraded)}";

    /// <summary>The place of a share of 0 to 1, to a tenth of a pixel.</summary>
    private static double X(double share) => Math.Round(Left + (share * (Width - Left - Right)), 1);
}
