using System.Globalization;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Texts.Encodings;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>From a file to its words: the same for every kind of text preprocessing.</summary>
internal static class TextReading
{
    /// <summary>
    /// The most combining marks in a row. Unicode's stream-safe format allows 30; normalisation takes time by the square of their number.
    /// </summary>
    public const int MaximumMarks = 512;

    /// <exception cref="InputException">The file is empty, too large, no text, or not of its format.</exception>
    public static ReadText Read(InputContent content, TextSettings settings, InputLimits limits)
    {
        InputChecks.CheckSize(content, Math.Min(limits.MaximumBytes, limits.MaximumTextBytes));
        var decoded = TextDecoder.Read(content);
        CheckMarks(decoded.Text, content.Name);
        var (text, format) = TextFormats.Extract(decoded.Text, settings.Format, settings.Fields, content.Name);
        if (!ReferenceEquals(text, decoded.Text))
        {
            // Escapes may hide as many.
            CheckMarks(text, content.Name);
        }

        var notes = new List<string>();
        if (decoded.Assumed is { } encoding)
        {
            notes.Add($"read as {encoding}, which its bytes look like");
        }

        if (settings.Format == TextFormat.Auto && format != TextFormat.Plain)
        {
            notes.Add($"read as {(format == TextFormat.Subtitles ? "subtitles" : format.ToString().ToUpperInvariant())}, which it looks like");
        }

        if (format == TextFormat.Markdown && decoded.Text.Length > MarkdownText.MaximumCharacters)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"only the first {MarkdownText.MaximumCharacters} characters of the Markdown were read"));
        }

        return new ReadText(text, notes);
    }

    /// <summary>What is known of a text when it has been read.</summary>
    public static InputFacts FactsOf(InputContent content, string mediaType, ReadText read) =>
        new() { MediaType = mediaType, Bytes = content.Bytes.Length, Notes = read.Notes };

    /// <summary>The refusal of a text without words.</summary>
    public static InputException NoText(string name) => new(
        InputErrorCodes.NoContent, $"'{name}' holds no text: nothing but white space or invisible characters.", "Send a text with words in it.");

    private static void CheckMarks(string text, string name)
    {
        // No character before U+0300 is a mark.
        var at = text.AsSpan().IndexOfAnyInRange('\u0300', '\uFFFF');
        if (at < 0)
        {
            return;
        }

        var run = 0;
        foreach (var rune in text.AsSpan(at).EnumerateRunes())
        {
            run = rune.Value >= 0x300 && CharacterClasses.IsMark(Rune.GetUnicodeCategory(rune)) ? run + 1 : 0;
            if (run > MaximumMarks)
            {
                throw new InputException(
                    InputErrorCodes.Corrupt,
                    string.Create(CultureInfo.InvariantCulture, $"'{name}' has more than {MaximumMarks} combining marks in a row, as no writing does."),
                    "Send text without such stacks of accents.");
            }
        }
    }
}
