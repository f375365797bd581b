using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>Tells text that was decoded by the right encoding from what a wrong one, or bytes that are no text, come to.</summary>
internal static class Plausibility
{
    private const string Typographic = "€‚„…‘’“”‹›•–—™¡£§©«®°·»¿\u00A0\u00AD";

    /// <summary>Whether there are characters that text does not hold: C1 controls, private use, unassigned, U+FFFD.</summary>
    public static bool HasForbidden(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii && (rune.Value is (>= 0x80 and <= 0x9F) or 0xFFFD ||
                Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Chinese, Japanese and Korean characters and their punctuation.</summary>
    public static bool IsEastAsian(char c) =>
        c is (>= '\u3000' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or
        (>= '\uFF00' and <= '\uFFEF');

    /// <summary>Whether ASCII's part is mostly letters, digits and white space, or there is little else of it.</summary>
    public static bool HasWordsInAscii(ReadOnlySpan<char> text)
    {
        int ascii = 0, words = 0;
        foreach (var c in text)
        {
            ascii += char.IsAscii(c) ? 1 : 0;
            words += char.IsAsciiLetterOrDigit(c) || (char.IsAscii(c) && char.IsWhiteSpace(c)) ? 1 : 0;
        }

        return ascii - words <= Math.Max(0.4 * ascii, 0.2 * text.Length);
    }

    /// <summary>
    /// Whether it reads as a language in Latin letters: beyond ASCII letters and typographic signs, no sign within a word, no capital after a
    /// small letter, never five such letters in a row.
    /// </summary>
    public static bool IsLatin(ReadOnlySpan<char> text)
    {
        var run = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAscii(c))
            {
                run = 0;
                continue;
            }

            var isLetter = char.IsLetter(c);
            run = isLetter ? run + 1 : 0;
            var previous = i > 0 ? text[i - 1] : ' ';
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            if (run >= 5 || (!isLetter && !Typographic.Contains(c, StringComparison.Ordinal)) ||
                (isLetter && char.IsUpper(c) && char.IsLower(previous)) ||
                (!isLetter && c is not ('’' or '‘' or '–' or '—' or '·' or '…' or '\u00AD' or '\u00A0' or '“' or '”' or '«' or '»') &&
                    char.IsLetter(previous) && char.IsLetter(next)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether nine of ten characters beyond ASCII are letters or marks, and capitals stand at the beginnings of words or all through.</summary>
    public static bool IsAlphabetic(ReadOnlySpan<char> text)
    {
        int others = 0, letters = 0, oddCapitals = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAscii(c))
            {
                continue;
            }

            others++;
            letters += char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || Typographic.Contains(c, StringComparison.Ordinal) ? 1 : 0;
            oddCapitals += char.IsUpper(c) && i > 0 && char.IsLower(text[i - 1]) ? 1 : 0;
        }

        return letters >= 0.9 * others && oddCapitals <= 0.05 * letters;
    }

    /// <summary>Whether nearly all characters beyond ASCII are East Asian.</summary>
    public static bool IsEastAsian(ReadOnlySpan<char> text)
    {
        int others = 0, eastAsian = 0;
        foreach (var c in text)
        {
            others += char.IsAscii(c) ? 0 : 1;
            eastAsian += IsEastAsian(c) || "“”‘’…—·".Contains(c, StringComparison.Ordinal) ? 1 : 0;
        }

        return eastAsian >= 0.95 * others;
    }
}
