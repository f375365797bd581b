using System.Globalization;
using System.Security;
using System.Text;

namespace Multimodal.Local.Charts;

/// <summary>What every chart is drawn on: a page in SVG with a title, what it shows in words, its styles, and a ground.</summary>
internal static class SvgPage
{
    /// <summary>Begins a page; its title stands at the top left.</summary>
    /// <param name="width">Its width, in pixels.</param>
    /// <param name="height">Its height, in pixels.</param>
    /// <param name="title">The title.</param>
    /// <param name="description">What it shows, for those who do not see it; null where nothing is said.</param>
    /// <param name="style">The style sheet, which has the classes <c>ground</c> and <c>title</c>.</param>
    public static StringBuilder Begin(int width, int height, string title, string? description, string style)
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

        return svg.Append(CultureInfo.InvariantCulture, $"""
            <style>
            {style}
            </style>
            <rect class="ground" width="100%" height="100%"/>
            <text class="title" x="20" y="30">{Escape(title)}</text>

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
