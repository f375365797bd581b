using System.Globalization;
using System.Text;
using Multimodal.Local.Charts;

namespace Multimodal.Capacity.Reporting;

/// <summary>Lines on two logarithmic axes, in SVG. Colours by Okabe and Ito; the lines differ by their dashes as well.</summary>
internal static class LogChart
{
    private const int Width = 760, Height = 460, Left = 76, Right = 170, Top = 64, Bottom = 60;
    private const string Style = """
        .line { fill: none; stroke-width: 2; }
        .limit { fill: none; stroke-width: 1.5; stroke-dasharray: 2 4; }
        .s0 { stroke: #0072b2; } .s1 { stroke: #d55e00; stroke-dasharray: 8 3; } .s2 { stroke: #009e73; stroke-dasharray: 3 3; }
        .s3 { stroke: #a05580; stroke-dasharray: 12 3 2 3; } .s4 { stroke: #57606a; }
        """;

    private const string DarkStyle = """
        .s0 { stroke: #56b4e9; } .s1 { stroke: #e69f00; } .s2 { stroke: #2bc48a; } .s3 { stroke: #e29fc4; } .s4 { stroke: #9198a1; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="description">What it shows, in words.</param>
    /// <param name="across">What the horizontal axis is.</param>
    /// <param name="upwards">What the vertical axis is.</param>
    /// <param name="series">One to five lines, each with a point or more; all values above zero.</param>
    public static string Write(string title, string description, string across, string upwards, IReadOnlyList<ChartSeries> series)
    {
        var points = series.SelectMany(line => line.Points).ToList();
        var x = Axis.Around([.. points.Select(point => point.X), .. series.Select(line => line.Limit).OfType<double>()]);
        var y = Axis.Around([.. points.Select(point => point.Y)]);
        var svg = SvgPage.Begin(Width, Height, title, description, Style, DarkStyle);
        foreach (var value in x.Ticks())
        {
            svg.Append(Culture, $"""
                <path class="grid" d="M{X(value)} {Top}V{Height - Bottom}"/>
                <text class="note" x="{X(value)}" y="{Height - Bottom + 18}" text-anchor="middle">{value:#,0.###}</text>

                """);
        }

        foreach (var value in y.Ticks())
        {
            svg.Append(Culture, $"""
                <path class="grid" d="M{Left} {Y(value)}H{Width - Right}"/>
                <text class="note" x="{Left - 8}" y="{Y(value) + 4}" text-anchor="end">{value:#,0.###}</text>

                """);
        }

        svg.Append(Culture, $"""
            <text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle">{SvgPage.Escape(across)}</text>
            <text x="{Left - 56}" y="{Top - 10}">{SvgPage.Escape(upwards)}</text>

            """);
        foreach (var (index, line) in series.Index())
        {
            Draw(svg, index, line);
        }

        return SvgPage.End(svg);

        double X(double value) => Math.Round(Left + (x.Share(value) * (Width - Left - Right)), 1);

        double Y(double value) => Math.Round(Height - Bottom - (y.Share(value) * (Height - Bottom - Top)), 1);

        void Draw(StringBuilder page, int index, ChartSeries line)
        {
            var path = string.Join('L', line.Points.Select(point => string.Create(Culture, $"{X(point.X)} {Y(point.Y)}")));
            var legend = Top + 14 + (index * 22);
            page.Append(Culture, $"""
                <path class="line s{index}" d="M{path}"/>
                <path class="line s{index}" d="M{Width - Right + 18} {legend}h30"/><text x="{Width - Right + 56}" y="{legend + 4}">{SvgPage.Escape(line.Name)}</text>

                """);
            if (line.Limit is { } limit)
            {
                page.Append(Culture, $"<path class=\"limit s{index}\" d=\"M{X(limit)} {Y(line.Points[^1].Y)}V{Top}\"/>\n");
            }
        }
    }

    /// <summary>A logarithmic axis from one value to another.</summary>
    private sealed record Axis(double Least, double Most)
    {
        // By powers of ten where the axis has three or more of them, by 1, 2 and 5 where it has one or two, else finer.
        private static readonly double[] Coarse = [1];
        private static readonly double[] Middle = [1, 2, 5];
        private static readonly double[] Fine = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

        public static Axis Around(IReadOnlyList<double> values)
        {
            var (least, most) = (values.Min(), values.Max());
            return most > least ? new Axis(least / 1.05, most * 1.05) : new Axis(least / 2, most * 2);
        }

        public double Share(double value) => Math.Log(value / Least) / Math.Log(Most / Least);

        public IEnumerable<double> Ticks()
        {
            var steps = Math.Log10(Most / Least) switch { > 2.5 => Coarse, > 0.9 => Middle, _ => Fine };
            for (var power = Math.Floor(Math.Log10(Least)); power <= Math.Ceiling(Math.Log10(Most)); power++)
            {
                foreach (var step in steps)
                {
                    var value = Math.Round(step * Math.Pow(10, power), 9);
                    if (value >= Least && value <= Most)
                    {
                        yield return value;
                    }
                }
            }
        }
    }
}
