using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;
using Multimodal.Local.Repository;

namespace Multimodal.Local.Bench.Resources;

/// <summary>
/// A report in SVG: what each setting did to latency and throughput, as bars from zero; waits foreseen beside real ones, a point a request;
/// and the memory of the process.
/// </summary>
internal static class BesideChart
{
    private const int Width = 960, Height = 640, Gap = 20, PanelTop = 96, Row = 44, Labels = 150;
    private const int LowerTop = 360, LowerBottom = 580, ScatterLeft = 80, ScatterWidth = 400, MemoryLeft = 560;
    private const string Style = """
        .head { font-size: 14px; font-weight: 600; }
        .bar { fill: #0072b2; }
        .light { fill: #56b4e9; }
        .other { fill: #d55e00; }
        .dot { fill: #0072b2; fill-opacity: 0.45; }
        .limit { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 5 4; }
        """;

    private const string DarkStyle = """
        .bar, .dot { fill: #4aa3df; }
        .light { fill: #1f6f9f; }
        .other { fill: #e69f00; }
        .limit { stroke: #9198a1; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    public static string Write(BesideReport report)
    {
        var svg = SvgPage.Begin(
            Width,
            Height,
            $"{report.Pipeline.Name} while {report.Beside.Name} floods {report.Cores} cores",
            $"{report.Callers} callers of {report.Pipeline.Name}, {report.FloodCallers} of each encoder of {report.Beside.Name}.",
            Style,
            DarkStyle);
        var panel = (Width - Labels - (3 * Gap)) / 3;
        var conditions = report.Conditions;
        Names(svg, conditions);
        Bars(svg, Labels, panel, $"p99 of {report.Pipeline.Name}, ms (light: p50)", "bar", [.. conditions.Select(point => (point.P99Milliseconds, (double?)point.P50Milliseconds))]);
        Bars(svg, Labels + panel + Gap, panel, $"{report.Pipeline.Name}, requests a second", "bar", [.. conditions.Select(point => (point.PerSecond, (double?)null))]);
        Bars(svg, Labels + (2 * (panel + Gap)), panel, $"{report.Beside.Name}, items a second", "other", [.. conditions.Select(point => (point.BesidePerSecond, (double?)null))]);
        Scatter(svg, report.Admission);
        Memory(svg, report.Memory, report.Beside.Name);
        return SvgPage.End(svg);
    }

    private static void Names(StringBuilder svg, IReadOnlyList<ConditionPoint> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            Text(svg, "", Labels - 12, PanelTop + (i * Row) + 20, "end", conditions[i].Name);
        }
    }

    // The value stands behind its bar, which leaves room for it.
    private static void Bars(StringBuilder svg, int left, int width, string title, string style, IReadOnlyList<(double Value, double? Within)> bars)
    {
        var most = Math.Max(1e-9, bars.Max(bar => bar.Value));
        var room = width - 70;
        Text(svg, "head", left, PanelTop - 20, "start", title);
        for (var i = 0; i < bars.Count; i++)
        {
            var top = PanelTop + (i * Row);
            var length = Round(room * bars[i].Value / most);
            svg.Append(Culture, $"<rect class=\"{style}\" x=\"{left}\" y=\"{top}\" width=\"{length}\" height=\"28\"/>\n");
            if (bars[i].Within is { } within)
            {
                svg.Append(Culture, $"<rect class=\"light\" x=\"{left}\" y=\"{top + 9}\" width=\"{Round(room * within / most)}\" height=\"10\"/>\n");
            }

            Text(svg, "note", left + length + 6, top + 19, "start", Number(bars[i].Value));
        }

        svg.Append(Culture, $"<path class=\"grid\" d=\"M{left} {PanelTop - 8}V{PanelTop + (bars.Count * Row)}\"/>\n");
    }

    private static void Scatter(StringBuilder svg, AdmissionReport admission)
    {
        var most = Nice(Math.Max(admission.LimitMilliseconds, admission.Waits.Count > 0 ? admission.Waits.Max(wait => wait.Max()) : 0));
        var (height, right) = (LowerBottom - LowerTop, ScatterLeft + ScatterWidth);
        Text(svg, "head", ScatterLeft, LowerTop - 34, "start", $"Waits of {admission.Encoder}, ms");
        Text(svg, "note", ScatterLeft, LowerTop - 14, "start", string.Create(
            Culture,
            $"{admission.RefusedShare:0 %} refused at {admission.Offered / admission.Capacity:0.0}× load; correlation {admission.Correlation:0.00}, median error {Number(admission.MedianErrorMilliseconds)} ms"));
        for (var i = 0; i <= 4; i++)
        {
            var value = most * i / 4;
            var (x, y) = (Round(ScatterLeft + (ScatterWidth * i / 4.0)), Round(LowerBottom - (height * i / 4.0)));
            svg.Append(Culture, $"<path class=\"grid\" d=\"M{x} {LowerTop}V{LowerBottom}M{ScatterLeft} {y}H{right}\"/>\n");
            Text(svg, "note", x, LowerBottom + 18, "middle", Number(value));
            Text(svg, "note", ScatterLeft - 8, y + 4, "end", Number(value));
        }

        var limit = Round(ScatterLeft + (ScatterWidth * Math.Min(admission.LimitMilliseconds, most) / most));
        svg.Append(Culture, $"<path class=\"limit\" d=\"M{ScatterLeft} {LowerBottom}L{right} {LowerTop}M{limit} {LowerTop}V{LowerBottom}\"/>\n");
        foreach (var wait in admission.Waits)
        {
            svg.Append(Culture, $"<circle class=\"dot\" cx=\"{Round(ScatterLeft + (ScatterWidth * wait[0] / most))}\" cy=\"{Round(LowerBottom - (height * wait[1] / most))}\" r=\"2.5\"/>\n");
        }

        Text(svg, "", ScatterLeft + (ScatterWidth / 2), LowerBottom + 42, "middle", "foreseen (dashed: the limit, and where both agree)");
        svg.Append(Culture, $"<text transform=\"translate({ScatterLeft - 52} {(LowerTop + LowerBottom) / 2}) rotate(-90)\" text-anchor=\"middle\">real</text>\n");
    }

    private static void Memory(StringBuilder svg, MemoryReport memory, string name)
    {
        (string Name, long Bytes)[] bars =
        [
            ("before", memory.Before), ("encoders open", memory.Open), ("after load", memory.Used), ("after idle time", memory.Idle),
        ];
        var (most, room, left) = (bars.Max(bar => bar.Bytes), Width - MemoryLeft - 200, MemoryLeft + 115);
        Text(svg, "head", MemoryLeft, LowerTop - 34, "start", $"Resident memory, {name}");
        Text(svg, "note", MemoryLeft, LowerTop - 14, "start", string.Create(
            Culture, $"first request after idle {memory.FirstMilliseconds:0} ms, the next {memory.NextMilliseconds:0} ms"));
        for (var i = 0; i < bars.Length; i++)
        {
            var top = LowerTop + 10 + (i * Row);
            var length = Round(room * (double)bars[i].Bytes / most);
            Text(svg, "", left - 10, top + 19, "end", bars[i].Name);
            svg.Append(Culture, $"<rect class=\"bar\" x=\"{left}\" y=\"{top}\" width=\"{length}\" height=\"28\"/>\n");
            Text(svg, "note", left + length + 6, top + 19, "start", ByteText.Of(bars[i].Bytes));
        }

        svg.Append(Culture, $"<path class=\"grid\" d=\"M{left} {LowerTop + 2}V{LowerTop + 10 + (bars.Length * Row)}\"/>\n");
    }

    private static void Text(StringBuilder svg, string style, double x, double y, string anchor, string text) => svg.Append(
        Culture, $"<text class=\"{style}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{SvgPage.Escape(text)}</text>\n");

    // The next of 1, 2, 4, 6, 8 and their multiples by powers of ten, so that the quarters read well.
    private static double Nice(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return unit * ((double[])[1, 2, 4, 6, 8, 10]).First(step => step * unit >= value || step == 10);
    }

    private static string Number(double value) => value == 0 ? "0" : value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", Culture);

    private static double Round(double value) => Math.Round(value, 1);
}
