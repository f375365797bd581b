using System.Globalization;
using System.Security;
using System.Text;

namespace Multimodal.Local.Charts;

/// <summary>What every chart is drawn on: a page in SVG with a title, what it shows in words, its styles, and a ground.</summary>
internal static class SvgPage
{
    private const string Light = """
        text { font-family: system-ui, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 13px; fill: #24292f; }
        .title { font-size: 17px; font-weight: 600; }
        .note { font-size: 12px; fill: #57606a; }
        .ground { fill: #ffffff; }
        .grid { stroke: #d0d7de; stroke-width: 1; fill: none; }
        """;

    private const string Dark = """
        text { fill: #e6edf3; }
        .note { fill: #9198a1; }
        .ground { fill: #0d1117; }
        .grid { stroke: #30363d; }
        """;

    /// <summary>Begins a page; its title stands at the top left.</summary>
    /// <param name="width">Its width, in pixels.</param>
    /// <param name="height">Its height, in pixels.</param>
    /// <param name="title">The title.</param>
    /// <param name="description">What it shows, for those who do not see it; null where nothing is said.</param>
    /// <param name="style">
    /// The chart's own rules, beside those of all: text, and the classes <c>title</c>, <c>note</c> (small and pale), <c>ground</c> and <c>grid</c>.
    /// </param>
    /// <param name="darkStyle">What they are where a dark page is preferred.</param>
    public static StringBuilder Begin(int width, int height, string title, string? description, string style, string darkStyle)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
            <title>{Escape(title)}</title>

            """);
        if (description is not null)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<desc>{Escape(description)}</desc>\n");
        }

        return svg.Append(CultureInfo.InvariantCulture, $$"""
            <style>
            {{Light}}
            {{style}}
            @media (prefers-color-scheme: dark) {
            {{Dark}}
            {{darkStyle}}
            }
            </style>
            <rect class="ground" width="100%" height="100%"/>
            <text class="title" x="20" y="30">{{Escape(title)}}</text>

            """);
    }

    /// <summary>Ends a page.</summary>
    public static string End(StringBuilder svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A text as it stands in SVG.</summary>
    public static string Escape(string text) => SecurityElement.Escape(text);
}
