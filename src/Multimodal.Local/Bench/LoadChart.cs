using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Bench;

/// <summary>
/// A curve in SVG: throughput to the right, latency upwards, a point for each number of callers; the bare session's limit as a line. Both
/// axes begin at zero.
/// </summary>
internal static class LoadChart
{
    private const int Width = 720, Height = 440, Left = 70, Right = 40, Top = 84, Bottom = 60;
    private const string Style = """
        .p50 { stroke: #0072b2; fill: none; stroke-width: 2; }
        .p99 { stroke: #d55e00; fill: none; stroke-width: 2; }
        .p50dot { fill: #0072b2; }
        .p99dot { fill: #d55e00; }
        .limit { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 5 4; }
        """;

    private const string DarkStyle = """
        .p50 { stroke: #56b4e9; }
        .p50dot { fill: #56b4e9; }
        .p99 { stroke: #e69f00; }
        .p99dot { fill: #e69f00; }
        .limit { stroke: #9198a1; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws one encoder's curve.</summary>
    public static string Write(BenchReport report, EncoderReport encoder)
    {
        var most = Nice(Math.Max(encoder.Setting.ItemsPerSecond, encoder.Points.Max(point => point.PerSecond)));
        var longest = Nice(encoder.Points.Max(point => point.P99Milliseconds));
        var svg = SvgPage.Begin(
            Width,
            Height,
            $"{report.Pipeline.Name} {report.Pipeline.Version}, {encoder.Modality.ToName()}: throughput and latency",
            null,
            Style,
            DarkStyle);
        svg.Append(Culture, $"""
            <path class="p50" d="M20 55h24"/><text x="52" y="59">p50</text>
            <path class="p99" d="M100 55h24"/><text x="132" y="59">p99</text>
            <path class="limit" d="M180 55h24"/><text x="212" y="59">bare session</text>
            <text class="note" x="330" y="59">numbers: callers at once</text>

            """);
        Axes(svg, most, longest);
        svg.Append(Culture, $"""
            <path class="limit" d="M{X(encoder.Setting.ItemsPerSecond, most)} {Top}V{Height - Bottom}"/>

            """);
        Curve(svg, "p99", encoder.Points, most, longest, point => point.P99Milliseconds);
        Curve(svg, "p50", encoder.Points, most, longest, point => point.P50Milliseconds);
        foreach (var point in encoder.Points)
        {
            svg.Append(Culture, $"""
                <text class="note" x="{X(point.PerSecond, most)}" y="{Y(point.P99Milliseconds, longest) - 8}" text-anchor="middle">{point.Callers}</text>

                """);
        }

        return SvgPage.End(svg);
    }

    private static void Axes(StringBuilder svg, double most, double longest)
    {
        for (var i = 0; i <= 4; i++)
        {
            var (rate, time) = (most * i / 4, longest * i / 4);
            svg.Append(Culture, $"""
                <path class="grid" d="M{X(rate, most)} {Top}V{Height - Bottom}M{Left} {Y(time, longest)}H{Width - Right}"/>
                <text class="note" x="{X(rate, most)}" y="{Height - Bottom + 18}" text-anchor="middle">{rate:0.##}</text>
                <text class="note" x="{Left - 8}" y="{Y(time, longest) + 4}" text-anchor="end">{time:0.##}</text>

                """);
        }

        svg.Append(Culture, $"""
            <text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle">requests a second</text>
            <text x="{Left - 8}" y="{Top - 8}" text-anchor="end">ms</text>

            """);
    }

    private static void Curve(
        StringBuilder svg, string name, IReadOnlyList<LoadPoint> points, double most, double longest, Func<LoadPoint, double> time)
    {
        var path = string.Join('L', points.Select(point => string.Create(Culture, $"{X(point.PerSecond, most)} {Y(time(point), longest)}")));
        svg.Append(Culture, $"<path class=\"{name}\" d=\"M{path}\"/>\n");
        foreach (var point in points)
        {
            svg.Append(Culture, $"<circle class=\"{name}dot\" cx=\"{X(point.PerSecond, most)}\" cy=\"{Y(time(point), longest)}\" r=\"3.5\"/>\n");
        }
    }

    // The next of 1, 1.5, 2, 3, 4, 5, 6, 8 and their multiples by powers of ten, so that the quarters read well.
    private static double Nice(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-3))));
        return unit * ((double[])[1, 1.5, 2, 3, 4, 5, 6, 8, 10]).First(step => step * unit >= value * 1.02 || step == 10);
    }

    private static double X(double rate, double most) => Math.Round(Left + (rate / most * (Width - Left - Right)), 1);

    private static double Y(double time, double longest) => Math.Round(Height - Bottom - (time / longest * (Height - Bottom - Top)), 1);
}
