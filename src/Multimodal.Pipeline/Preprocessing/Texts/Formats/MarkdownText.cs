using Markdig;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>The text of a Markdown file, of its first <see cref="MaximumCharacters"/> characters.</summary>
/// <remarks>The library takes time by the square of some texts' length (<c>[x](</c> again and again: 7 s for 64 KiB), so the length is bounded.</remarks>
internal static class MarkdownText
{
    public const int MaximumCharacters = 24 << 10;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseYamlFrontMatter().UsePipeTables().UseFootnotes().UseEmphasisExtras().UseTaskLists().UseAutoLinks().DisableHtml().Build();

    /// <exception cref="InputException"><see cref="InputErrorCodes.Corrupt"/>: it is nested too deeply.</exception>
    public static string Extract(string text, string name)
    {
        try
        {
            return Markdown.ToPlainText(Begin(text), Pipeline).TrimEnd('\n');
        }
        catch (ArgumentException e)
        {
            throw new InputException(
                InputErrorCodes.Corrupt, $"'{name}' is nested too deeply for Markdown.", "Send it as plain text, or with fewer levels.", e);
        }
    }

    // Whole lines, where there are lines.
    private static string Begin(string text) =>
        text.Length <= MaximumCharacters ? text :
        text.LastIndexOf('\n', MaximumCharacters - 1) is var end and > 0 ? text[..end] :
        text[..(char.IsHighSurrogate(text[MaximumCharacters - 1]) ? MaximumCharacters - 1 : MaximumCharacters)];
}
