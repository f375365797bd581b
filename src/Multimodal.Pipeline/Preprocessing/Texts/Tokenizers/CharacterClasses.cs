using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>The classes of characters that tokenizers split at, over code points: .NET's expressions know halves of surrogate pairs only.</summary>
internal static class CharacterClasses
{
    /// <summary>Unicode's L.</summary>
    public static bool IsLetter(UnicodeCategory category) => category <= UnicodeCategory.OtherLetter;

    /// <summary>Unicode's N.</summary>
    public static bool IsNumber(UnicodeCategory category) =>
        category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>Unicode's M.</summary>
    public static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>What an expression's <c>\w</c> takes (Unicode TR 18, annex C): letters, marks, decimal digits, connectors, letter numbers.</summary>
    public static bool IsWord(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        return IsLetter(category) || IsMark(category) ||
            category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;
    }

    /// <summary>Unicode's P, and the ASCII characters that BERT counts among it.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value is > ' ' and < 0x7F && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    /// <summary>The blocks of Han characters that BERT puts spaces around.</summary>
    public static bool IsHan(Rune rune) => rune.Value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or
        (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
