using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>
/// Curves in SVG: the rate of missing inputs to the right, accuracy upwards; a curve for each method on degraded items, and the pipeline's
/// own on clean ones, with its intervals. Colours by Okabe and Ito.
/// </summary>
internal static class MissingChart
{
    private const int Width = 860, Height = 480, Left = 70, Right = 220, Top = 64, Bottom = 60;
    private const double Least = 0.5;
    private const string Style = """
        .curve { fill: none; stroke-width: 1.75; }
        .own { stroke-width: 3; }
        .clean { stroke-dasharray: 6 4; }
        .whisker { stroke-width: 1.25; fill: none; }
        .c0 { stroke: #57606a; } .c1 { stroke: #0072b2; } .c2 { stroke: #e69f00; } .c3 { stroke: #009e73; }
        .c4 { stroke: #cc79a7; } .c5 { stroke: #d55e00; } .c6 { stroke: #56b4e9; } .c7 { stroke: #a08f00; }
        """;

    private const string DarkStyle = """
        .c0 { stroke: #9198a1; } .c1 { stroke: #4aa3df; } .c7 { stroke: #f0e442; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    public static string Write(EvaluationReport report, MethodsReport methods)
    {
        var svg = SvgPage.Begin(
            Width,
            Height,
            $"Accuracy of {report.Pipeline.Name} {report.Pipeline.Version} with inputs missing at random",
            string.Join("; ", methods.Methods.Select(Describe)),
            Style,
            DarkStyle);
        Axes(svg);
        var own = methods.Methods.Index().Single(item => item.Item.IsDefault);
        Curve(svg, own.Item.Missing, $"curve own clean c{own.Index % 8}", missing => missing.Clean);
        Whiskers(svg, own.Item.Missing, $"whisker c{own.Index % 8}", missing => missing.Clean);
        foreach (var (index, method) in methods.Methods.Index().OrderBy(item => item.Item.IsDefault))
        {
            Curve(svg, method.Missing, $"curve{(method.IsDefault ? " own" : "")} c{index % 8}", missing => missing.Degraded);
        }

        Whiskers(svg, own.Item.Missing, $"whisker c{own.Index % 8}", missing => missing.Degraded);
        Legend(svg, methods, own.Index);
        return SvgPage.End(svg);
    }

    private static void Axes(StringBuilder svg)
    {
        for (var percent = (int)(100 * Least); percent <= 100; percent += 10)
        {
            svg.Append(Culture, $"""
                <path class="grid" d="M{Left} {Y(percent / 100.0)}H{Width - Right}"/>
                <text class="note" x="{Left - 8}" y="{Y(percent / 100.0) + 4}" text-anchor="end">{percent}</text>

                """);
        }

        for (var percent = 0; percent <= 90; percent += 10)
        {
            svg.Append(Culture, $"""
                <text class="note" x="{X(percent / 100.0)}" y="{Height - Bottom + 18}" text-anchor="middle">{percent}</text>

                """);
        }

        svg.Append(Culture, $"""
            <text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle">inputs missing, in %, where one is left</text>
            <text x="{Left - 40}" y="{Top - 12}">accuracy in %</text>

            """);
    }

    private static void Legend(StringBuilder svg, MethodsReport methods, int own)
    {
        const int Line = 22;
        var left = Width - Right + 24;
        svg.Append(Culture, $"""
            <path class="curve own clean c{own % 8}" d="M{left} {Top + 10}h26"/><text x="{left + 34}" y="{Top + 14}">{SvgPage.Escape(methods.Methods[own].Name)}, clean</text>
            <text class="note" x="{left}" y="{Top + 10 + (2 * Line)}">degraded:</text>

            """);
        foreach (var (index, method) in methods.Methods.Index())
        {
            var y = Top + 10 + ((index + 3) * Line);
            svg.Append(Culture, $"""
                <path class="curve{(method.IsDefault ? " own" : "")} c{index % 8}" d="M{left} {y}h26"/><text x="{left + 34}" y="{y + 4}">{SvgPage.Escape(method.Name)}</text>

                """);
        }
    }

    private static void Curve(StringBuilder svg, IReadOnlyList<MissingReport> points, string name, Func<ScoreReport, Estimate?> of)
    {
        var path = string.Join('L', points.Where(point => of(point.Score) is not null).Select(point => string.Create(Culture, $"{X(point.Rate)} {Y(of(point.Score)!.Value)}")));
        svg.Append(Culture, $"<path class=\"{name}\" d=\"M{path}\"/>\n");
    }

    private static void Whiskers(StringBuilder svg, IReadOnlyList<MissingReport> points, string name, Func<ScoreReport, Estimate?> of)
    {
        foreach (var point in points)
        {
            if (of(point.Score) is { } estimate)
            {
                svg.Append(Culture, $"<path class=\"{name}\" d=\"M{X(point.Rate)} {Y(estimate.Low)}V{Y(estimate.High)}M{X(point.Rate) - 3} {Y(estimate.Low)}h6M{X(point.Rate) - 3} {Y(estimate.High)}h6\"/>\n");
            }
        }
    }

    private static string Describe(MethodReport method) =>
        $"{method.Name}: degraded {ReportFormat.Accuracy(method.Missing[0].Score.Degraded)} with nothing missing, {ReportFormat.Accuracy(MethodsTable.Half(method).Degraded)} with half missing";

    private static double X(double rate) => Math.Round(Left + (rate / 0.9 * (Width - Left - Right)), 1);

    private static double Y(double share) => Math.Round(Height - Bottom - ((Math.Max(share, Least) - Least) / (1 - Least) * (Height - Bottom - Top)), 1);
}
