using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>A regular expression of a tokenizer's file.</summary>
/// <remarks>
/// .NET's expressions see UTF-16 code units, the reference's code points. So a text with characters beyond U+FFFF is searched in a copy
/// where each of these is one character of the same category, and places are carried back.
/// </remarks>
internal sealed class RegexPattern : ITextPattern
{
    private static readonly Dictionary<UnicodeCategory, char> Proxies = new()
    {
        [UnicodeCategory.UppercaseLetter] = 'Ā',
        [UnicodeCategory.LowercaseLetter] = 'ā',
        [UnicodeCategory.TitlecaseLetter] = 'ǅ',
        [UnicodeCategory.ModifierLetter] = 'ʰ',
        [UnicodeCategory.OtherLetter] = 'א',
        [UnicodeCategory.NonSpacingMark] = '\u0300',
        [UnicodeCategory.SpacingCombiningMark] = '\u0903',
        [UnicodeCategory.EnclosingMark] = '\u20DD',
        [UnicodeCategory.DecimalDigitNumber] = '٠',
        [UnicodeCategory.LetterNumber] = 'Ⅷ',
        [UnicodeCategory.OtherNumber] = '½',
        [UnicodeCategory.Format] = '\u200B',
        [UnicodeCategory.PrivateUse] = '\uE000',
        [UnicodeCategory.DashPunctuation] = '‐',
        [UnicodeCategory.OtherPunctuation] = '¡',
        [UnicodeCategory.MathSymbol] = '±',
        [UnicodeCategory.CurrencySymbol] = '€',
        [UnicodeCategory.ModifierSymbol] = '¨',
        [UnicodeCategory.OtherSymbol] = '©',
    };

    private readonly Regex _regex;

    /// <param name="expression">In Oniguruma's syntax, of which the part that .NET reads alike is known.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="PipelineException">It is malformed, or uses what .NET reads otherwise.</exception>
    public RegexPattern(string expression, string place)
    {
        if (FindForeign(expression) is { } foreign)
        {
            throw new PipelineException($"{place}: the expression \"{expression}\" uses {foreign}, which is not known here.");
        }

        try
        {
            _regex = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.Compiled);
        }
        catch (ArgumentException e)
        {
            throw new PipelineException($"{place}: the expression \"{expression}\" cannot be used: {e.Message}", e);
        }
    }

    public void FindAll(ReadOnlySpan<char> text, List<(int Start, int End)> matches)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            foreach (var match in _regex.EnumerateMatches(text))
            {
                Add(matches, match.Index, match.Index + match.Length);
            }

            return;
        }

        var proxy = new char[text.Length];
        var places = new int[text.Length + 1];
        var count = 0;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            places[count] = at;
            proxy[count++] = rune.IsBmp ? (char)rune.Value : Proxies.GetValueOrDefault(Rune.GetUnicodeCategory(rune), '\uFFFF');
            at += rune.Utf16SequenceLength;
        }

        places[count] = at;
        foreach (var match in _regex.EnumerateMatches(proxy.AsSpan(0, count)))
        {
            Add(matches, places[match.Index], places[match.Index + match.Length]);
        }
    }

    private static void Add(List<(int Start, int End)> matches, int start, int end)
    {
        if (end > start)
        {
            matches.Add((start, end));
        }
    }

    // Sets within sets (POSIX classes among them) and their intersections mean something else to .NET.
    private static string? FindForeign(string expression)
    {
        var inSet = false;
        for (var i = 0; i < expression.Length; i++)
        {
            switch (expression[i])
            {
                case '\\':
                    i++;
                    break;
                case '[' when inSet:
                    return "a set within a set";
                case '[':
                    inSet = true;
                    break;
                case ']' when inSet:
                    inSet = false;
                    break;
                case '&' when inSet && i + 1 < expression.Length && expression[i + 1] == '&':
                    return "an intersection of sets";
                default:
                    break;
            }
        }

        return null;
    }
}
