using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>The changes of a text that need no settings.</summary>
internal static class TextForms
{
    /// <summary>Unicode normalisation; U+FFFE, which .NET refuses, stays as it is.</summary>
    public static string Compose(string text, NormalizationForm form) =>
        Ascii.IsValid(text) ? text :
        text.Contains('\uFFFE', StringComparison.Ordinal) ? string.Join('\uFFFE', text.Split('\uFFFE').Select(part => part.Normalize(form))) :
        text.Normalize(form);

    /// <summary>Lower case, character by character; the one whose lower case is two characters is İ.</summary>
    public static string Lower(string text) =>
        text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);

    /// <summary>Leaves out characters of a category.</summary>
    public static string Without(string text, Func<UnicodeCategory, bool> isDropped)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!isDropped(Rune.GetUnicodeCategory(rune)))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }

    /// <summary>SentencePiece's <c>nmt</c> rules: controls out, other separators and invisible spaces to spaces.</summary>
    public static string Nmt(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch ((int)c)
            {
                case (>= 1 and <= 8) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F:
                    break;
                case 9 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD:
                    kept.Append(' ');
                    break;
                default:
                    kept.Append(c);
                    break;
            }
        }

        return kept.ToString();
    }

    /// <summary>The characters that stand for the bytes of a text.</summary>
    public static string Bytes(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => ByteCharacters.Of(value)));
}
