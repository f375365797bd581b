using System.Buffers;
using System.Text;
using AngleSharp.Html;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>
/// Character references of HTML to what they stand for, as Python's <c>html.unescape</c>, which CLIP's training used: by HTML's rules,
/// those without a semicolon too.
/// </summary>
internal static class HtmlEntities
{
    private const int LongestName = 32;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create("\t\n\f <&#;");

    // What the numbers from 0x80 to 0x9F stand for: windows-1252 (HTML, "numeric character reference end state").
    private const string Windows =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static string Unescape(string text)
    {
        var at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            plain.Append(text, from, at - from);
            from = at + Replace(text.AsSpan(at), plain);
            at = text.IndexOf('&', from);
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    // Appends what the reference at the start stands for, and gives the length of what it took.
    private static int Replace(ReadOnlySpan<char> text, StringBuilder plain) =>
        text.Length > 2 && text[1] == '#' ? ReplaceNumber(text, plain) : ReplaceName(text, plain);

    private static int ReplaceNumber(ReadOnlySpan<char> text, StringBuilder plain)
    {
        var isHexadecimal = text[2] is 'x' or 'X';
        var start = isHexadecimal ? 3 : 2;
        var end = start;
        long number = 0;
        while (end < text.Length && (isHexadecimal ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            number = Math.Min((number * (isHexadecimal ? 16 : 10)) + Convert.ToInt32(text[end].ToString(), 16), 0x110000);
            end++;
        }

        if (end == start)
        {
            plain.Append('&');
            return 1;
        }

        AppendNumber((int)number, plain);
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static void AppendNumber(int number, StringBuilder plain)
    {
        if (number is >= 0x80 and <= 0x9F)
        {
            plain.Append(Windows[number - 0x80]);
        }
        else if (number == 0 || !Rune.IsValid(number))
        {
            plain.Append('\uFFFD');
        }
        else if (!IsForbidden(number))
        {
            plain.Append(new Rune(number));
        }
    }

    // Control characters and noncharacters are left out.
    private static bool IsForbidden(int number) =>
        number is (>= 1 and <= 8) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;

    private static int ReplaceName(ReadOnlySpan<char> text, StringBuilder plain)
    {
        var length = text[1..].IndexOfAny(NameEnds);
        length = Math.Min(length < 0 ? text.Length - 1 : length, LongestName);
        var name = text.Slice(1, length).ToString();
        if (length > 0 && length + 1 < text.Length && text[length + 1] == ';' && HtmlEntityProvider.Resolver.GetSymbol(name + ";") is { } whole)
        {
            plain.Append(whole);
            return length + 2;
        }

        // The longest beginning that is a name by itself.
        for (var end = length; end > 1; end--)
        {
            if (HtmlEntityProvider.Resolver.GetSymbol(name[..end]) is { } symbol)
            {
                plain.Append(symbol);
                return end + 1;
            }
        }

        plain.Append('&');
        return 1;
    }
}
