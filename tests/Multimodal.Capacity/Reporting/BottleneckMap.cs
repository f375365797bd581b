using System.Globalization;
using Multimodal.Capacity.Service;
using Multimodal.Local.Charts;

namespace Multimodal.Capacity.Reporting;

/// <summary>How busy each stage is by the load, in SVG: a row for each stage, a column for each load, the busiest framed.</summary>
internal static class BottleneckMap
{
    private const int Left = 176, Top = 96, CellWidth = 64, CellHeight = 28, Right = 20, Bottom = 44;
    private const string Style = """
        .busy { fill: #d55e00; }
        .first { fill: none; stroke: #24292f; stroke-width: 2; }
        .over { font-weight: 700; }
        """;

    private const string DarkStyle = """
        .busy { fill: #c05000; }
        .first { stroke: #e6edf3; }
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Draws it.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="columns">The loads with how busy each stage was, from left to right; the same stages in each.</param>
    public static string Write(string title, IReadOnlyList<(double Load, IReadOnlyList<StageLoad> Stages)> columns)
    {
        var stages = columns[0].Stages;
        var svg = SvgPage.Begin(
            Left + (columns.Count * CellWidth) + Right,
            Top + (stages.Count * CellHeight) + Bottom,
            title,
            string.Join(" ", columns.Select(column => string.Create(
                Culture, $"At {column.Load:0.#} jobs a second {Busiest(column.Stages).Name} is busiest: {Busiest(column.Stages).Load:0 %}."))),
            Style,
            DarkStyle);
        svg.Append(Culture, $"""
            <text class="note" x="20" y="54">asked of each stage, in % of what it can do; framed: the busiest; beyond 100 its queue grows</text>
            <text class="note" x="20" y="{Top - 10}">jobs a second</text>

            """);
        foreach (var (row, stage) in stages.Index())
        {
            svg.Append(Culture, $"<text x=\"20\" y=\"{Top + (row * CellHeight) + 19}\">{SvgPage.Escape(stage.Name)}</text>\n");
        }

        foreach (var (index, column) in columns.Index())
        {
            var x = Left + (index * CellWidth);
            svg.Append(Culture, $"<text class=\"note\" x=\"{x + (CellWidth / 2)}\" y=\"{Top - 10}\" text-anchor=\"middle\">{column.Load:#,0}</text>\n");
            foreach (var (row, stage) in column.Stages.Index())
            {
                var y = Top + (row * CellHeight);
                var over = stage.Load > 1 ? " class=\"over\"" : "";
                svg.Append(Culture, $"""
                    <rect class="busy" x="{x}" y="{y}" width="{CellWidth - 2}" height="{CellHeight - 2}" fill-opacity="{0.75 * Math.Min(1, stage.Load):0.###}"/>
                    <text{over} x="{x + (CellWidth / 2) - 1}" y="{y + 18}" text-anchor="middle">{100 * stage.Load:0}</text>

                    """);
            }

            var first = column.Stages.Index().MaxBy(pair => pair.Item.Load).Index;
            svg.Append(Culture, $"""
                <rect class="first" x="{x}" y="{Top + (first * CellHeight)}" width="{CellWidth - 2}" height="{CellHeight - 2}"/>

                """);
        }

        return SvgPage.End(svg);
    }

    private static StageLoad Busiest(IReadOnlyList<StageLoad> stages) => stages.MaxBy(stage => stage.Load)!;
}
