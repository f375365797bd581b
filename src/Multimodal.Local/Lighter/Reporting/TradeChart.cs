using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;
using Multimodal.Local.Repository;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>
/// A network's trade in SVG: on the left, size against what it costs (1 − the least cosine, on a scale of powers of ten) as more of the most
/// harmful parts are spared; on the right, what each part costs alone, the worst first.
/// </summary>
internal static class TradeChart
{
    private const int Width = 960, Height = 460, Top = 92, Bottom = 62, Left = 78, Middle = 440, PartsLeft = 694, Right = 70, MostParts = 16;

    // What is nearer than a float tells apart is drawn here.
    private const double Smallest = 1e-7;

    private const string Style = """
        .limit { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 5 4; }
        .trade { stroke: #0072b2; fill: none; stroke-width: 2; }
        .dot { fill: #0072b2; }
        .taken { fill: #d55e00; }
        .light { fill: #0072b2; }
        .middling { fill: #56b4e9; }
        .spared { fill: #d55e00; }
        """;

    private const string DarkStyle = """
        .limit { stroke: #9198a1; }
        .trade { stroke: #56b4e9; }
        .dot { fill: #56b4e9; }
        .taken { fill: #e69f00; }
        .light { fill: #0072b2; }
        .middling { fill: #56b4e9; }
        .spared { fill: #e69f00; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Write(OptimizeReport report, NetworkReport network)
    {
        var losses = network.Steps.Concat(network.Curve).Select(step => 1 - step.LeastCosine).Concat(network.Parts.Select(part => part.Loss).OfType<double>()).Append(1 - report.MinimumCosine).ToList();
        var (low, high) = (Power(losses.Min()), Power(losses.Max()) + 1);
        var svg = SvgPage.Begin(
            Width,
            Height,
            $"{report.Name} {report.Version}, {network.Role}: what {report.Precision} saves and costs",
            $"From {ByteText.Of(network.Bytes.Before)} to {ByteText.Of(network.Bytes.After)} at a least cosine of {OptimizeText.Cosine(network.LeastCosine)}; {OptimizeText.Treatments(network)}.",
            Style,
            DarkStyle);
        svg.Append(Culture, $"""
            <text class="note" x="20" y="54">{SvgPage.Escape(network.File)}, measured on {SvgPage.Escape(network.Items)}: {SvgPage.Escape(OptimizeText.Size(network.Bytes))}, least cosine {OptimizeText.Cosine(network.LeastCosine)}</text>

            """);
        Trade(svg, report, network, low, high);
        Parts(svg, network, low, high);
        return SvgPage.End(svg);
    }

    private static void Trade(StringBuilder svg, OptimizeReport report, NetworkReport network, int low, int high)
    {
        var widest = Math.Max(network.Bytes.Before, network.Steps.Max(step => step.Bytes));
        for (var power = low; power <= high; power++)
        {
            var y = Y(power, low, high);
            svg.Append(Culture, $"""
                <path class="grid" d="M{Left} {y}H{Middle}"/>
                <text class="note" x="{Left - 8}" y="{y + 4}" text-anchor="end">1e{power}</text>

                """);
        }

        for (var i = 0; i <= 4; i++)
        {
            var x = X(widest * i / 4, widest);
            svg.Append(Culture, $"""
                <path class="grid" d="M{x} {Top}V{Height - Bottom}"/>
                <text class="note" x="{x}" y="{Height - Bottom + 18}" text-anchor="middle">{(i == 0 ? "0" : ByteText.Of(widest * i / 4))}</text>

                """);
        }

        var limit = Y(Math.Log10(Math.Max(Smallest, 1 - report.MinimumCosine)), low, high);
        svg.Append(Culture, $"""
            <path class="limit" d="M{Left} {limit}H{Middle}"/>
            <text class="note" x="{Middle - 4}" y="{limit - 6}" text-anchor="end">asked: cosine {report.MinimumCosine}</text>
            <text x="{Left - 60}" y="{Top - 12}">1 − least cosine</text>
            <text x="{(Left + Middle) / 2}" y="{Height - 14}" text-anchor="middle">size of the network</text>

            """);
        var points = network.Steps.Concat(network.Curve).DistinctBy(step => (step.Bytes, step.LeastCosine)).OrderBy(step => step.Bytes).ThenByDescending(step => step.LeastCosine).ToList();
        var path = string.Join('L', points.Select(step => string.Create(Culture, $"{X(step.Bytes, widest)} {Y(Log(1 - step.LeastCosine), low, high)}")));
        svg.Append(Culture, $"<path class=\"trade\" d=\"M{path}\"/>\n");
        foreach (var step in points)
        {
            var (x, y) = (X(step.Bytes, widest), Y(Log(1 - step.LeastCosine), low, high));
            var (isTaken, isRight) = (step == network.Steps[^1], x > Middle - 90);
            svg.Append(Culture, $"""
                <circle class="{(isTaken ? "taken" : "dot")}" cx="{x}" cy="{y}" r="{(isTaken ? 6 : 4)}"/>
                <text class="note" x="{(isRight ? x - 4 : x + 9)}" y="{y - 8}" text-anchor="{(isRight ? "end" : "start")}">{(isTaken ? "taken, " : "")}{step.Spared} spared</text>

                """);
        }
    }

    private static void Parts(StringBuilder svg, NetworkReport network, int low, int high)
    {
        var worst = network.Parts.Where(part => part.Loss is not null).OrderByDescending(part => part.Loss).Take(MostParts).ToList();
        var kinds = worst.Select(part => part.Treatment).Distinct().ToList();
        if (worst.Count == 0)
        {
            return;
        }

        var step = (double)(Height - Bottom - Top) / MostParts;
        svg.Append(Culture, $"<text x=\"{Middle + 40}\" y=\"{Top - 12}\">each part alone: 1 − least cosine{(network.Parts.Count > MostParts ? $", the worst {MostParts} of {network.Parts.Count}" : "")}</text>\n");
        foreach (var (row, part) in worst.Index())
        {
            var y = Math.Round(Top + (row * step), 1);
            var width = Math.Round(Math.Max(2, (Log(part.Loss!.Value) - low) / (high - low) * (Width - Right - PartsLeft)), 1);
            svg.Append(Culture, $"""
                <text class="note" x="{PartsLeft - 8}" y="{y + (step / 2) + 3}" text-anchor="end">{SvgPage.Escape(Short($"{part.Operator} {part.Id}"))}</text>
                <rect class="{ClassOf(part.Treatment)}" x="{PartsLeft}" y="{y}" width="{width}" height="{Math.Round(step - 4, 1)}"/>
                <text class="note" x="{PartsLeft + width + 6}" y="{y + (step / 2) + 3}">{part.Loss:0.0e-0}</text>

                """);
        }

        var x = Middle + 40;
        foreach (var kind in kinds)
        {
            svg.Append(Culture, $"""
                <rect class="{ClassOf(kind)}" x="{x}" y="{Height - 26}" width="12" height="12"/>
                <text class="note" x="{x + 18}" y="{Height - 15}">{SvgPage.Escape(kind)}</text>

                """);
            x += 140;
        }
    }

    private static string ClassOf(string treatment) => treatment switch
    {
        "spared" => "spared",
        "8-bit weights" or "16-bit weights" => "middling",
        _ => "light",
    };

    private static string Short(string text) => text.Length <= 34 ? text : $"{text[..14]}…{text[^19..]}";

    private static double Log(double loss) => Math.Log10(Math.Max(Smallest, loss));

    private static int Power(double loss) => (int)Math.Floor(Log(loss));

    private static double X(double bytes, double widest) => Math.Round(Left + (bytes / widest * (Middle - Left)), 1);

    private static double Y(double power, int low, int high) => Math.Round(Height - Bottom - ((power - low) / (high - low) * (Height - Bottom - Top)), 1);
}
