using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>Takes from a text what is meant to be read.</summary>
internal static class TextFormats
{
    /// <summary>Extracts.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="format">What it holds.</param>
    /// <param name="fields">For JSON, which members; null: every string.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <returns>The words, and which format they were found in.</returns>
    /// <exception cref="InputException"><see cref="InputErrorCodes.Corrupt"/>: it is not of the format.</exception>
    public static (string Text, TextFormat Format) Extract(string text, TextFormat format, IReadOnlyList<string>? fields, string name)
    {
        if (format != TextFormat.Auto)
        {
            return (format switch
            {
                TextFormat.Markdown => MarkdownText.Extract(text, name),
                TextFormat.Html => HtmlText.Extract(text),
                TextFormat.Json => JsonText.Extract(text, fields, name),
                TextFormat.Subtitles => SubtitleText.Extract(text, name),
                _ => text,
            }, format);
        }

        if (SubtitleText.IsSubtitles(text))
        {
            return (SubtitleText.Extract(text, name), TextFormat.Subtitles);
        }

        if (HtmlText.IsHtml(text))
        {
            return (HtmlText.Extract(text), TextFormat.Html);
        }

        return JsonText.TryExtract(text, fields, name) is { } json ? (json, TextFormat.Json) : (text, TextFormat.Plain);
    }
}
