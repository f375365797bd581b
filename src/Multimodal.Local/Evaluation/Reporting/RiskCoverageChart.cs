using System.Globalization;
using Multimodal.Local.Charts;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Curves in SVG: coverage to the right, the risk among what is covered upwards; the lower the better. Colours by Okabe and Ito.</summary>
internal static class RiskCoverageChart
{
    private const int Width = 720, Height = 420, Left = 70, Right = 180, Top = 64, Bottom = 60;
    private const string Style = """
        .curve { fill: none; stroke-width: 2; }
        .c0 { stroke: #0072b2; } .c1 { stroke: #d55e00; } .c2 { stroke: #009e73; } .c3 { stroke: #cc79a7; }
        """;

    private const string DarkStyle = """
        .c0 { stroke: #4aa3df; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    public static string Write(string pipeline, IReadOnlyList<RiskCoverageReport> reports)
    {
        var most = Math.Max(0.01, reports.Max(report => report.Curve.Max(point => point.Risk)) * 1.05);
        var svg = SvgPage.Begin(
            Width,
            Height,
            $"Risk of {pipeline} where unsure verdicts are left to people",
            string.Join(" ", RiskCoverageTable.Sentences(reports)),
            Style,
            DarkStyle);
        for (var step = 0; step <= 4; step++)
        {
            var (risk, coverage) = (most * step / 4, step / 4.0);
            svg.Append(Culture, $"""
                <path class="grid" d="M{Left} {Y(risk, most)}H{Width - Right}"/>
                <text class="note" x="{Left - 8}" y="{Y(risk, most) + 4}" text-anchor="end">{100 * risk:0.##}</text>
                <text class="note" x="{X(coverage)}" y="{Height - Bottom + 18}" text-anchor="middle">{100 * coverage:0}</text>

                """);
        }

        svg.Append(Culture, $"""
            <text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle">verdicts that pass, in %</text>
            <text x="{Left - 40}" y="{Top - 12}">wrong among them, in %</text>

            """);
        foreach (var (index, report) in reports.Index())
        {
            var path = string.Join('L', report.Curve.Select(point => string.Create(Culture, $"{X(point.Coverage)} {Y(point.Risk, most)}")));
            var y = Top + 14 + (index * 22);
            svg.Append(Culture, $"""
                <path class="curve c{index % 4}" d="M{path}"/>
                <path class="curve c{index % 4}" d="M{Width - Right + 24} {y}h26"/><text x="{Width - Right + 58}" y="{y + 4}">{SvgPage.Escape(report.Name)}</text>

                """);
        }

        return SvgPage.End(svg);
    }

    private static double X(double coverage) => Math.Round(Left + (coverage * (Width - Left - Right)), 1);

    private static double Y(double risk, double most) => Math.Round(Height - Bottom - (risk / most * (Height - Bottom - Top)), 1);
}
