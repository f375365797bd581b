using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>The two commonest expressions for words, by hand: faster, and over code points.</summary>
internal static class WordScanners
{
    /// <summary>CLIP's expression, in the form that Hugging Face writes it.</summary>
    public const string ClipPattern = @"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    private enum CharacterClass
    {
        Space,
        Letter,
        Number,
        Other,
    }

    /// <summary>The end of CLIP's word that begins here; the position itself where it is white space, which belongs to no word.</summary>
    public static int EndOfClipWord(ReadOnlySpan<char> text, int at)
    {
        if (EndOfContraction(text, at) is var contraction && contraction > at)
        {
            return contraction;
        }

        var kind = Classify(text, at, out var length);
        return kind switch
        {
            CharacterClass.Space => at,
            CharacterClass.Number => at + length,
            _ => EndOfRun(text, at + length, kind),
        };
    }

    /// <summary>The end of GPT-2's word that begins here: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.</summary>
    public static int EndOfGpt2Word(ReadOnlySpan<char> text, int at)
    {
        if (EndOfContraction(text, at) is var contraction && contraction > at)
        {
            return contraction;
        }

        var begin = text[at] == ' ' && at + 1 < text.Length ? at + 1 : at;
        var kind = Classify(text, begin, out var length);
        if (kind != CharacterClass.Space)
        {
            return EndOfRun(text, begin + length, kind);
        }

        // White space: the last of it is left to the word that follows.
        var end = EndOfRun(text, at, CharacterClass.Space);
        return end < text.Length && end - at > 1 ? end - 1 : end;
    }

    private static int EndOfContraction(ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '\'' || at + 1 >= text.Length)
        {
            return at;
        }

        if (text[at + 1] is 's' or 't' or 'm' or 'd')
        {
            return at + 2;
        }

        return at + 2 < text.Length && (text[at + 1], text[at + 2]) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? at + 3 : at;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int at, CharacterClass kind)
    {
        while (at < text.Length && Classify(text, at, out var length) == kind)
        {
            at += length;
        }

        return at;
    }

    private static CharacterClass Classify(ReadOnlySpan<char> text, int at, out int length)
    {
        var c = text[at];
        length = 1;
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetter(c) ? CharacterClass.Letter :
                char.IsAsciiDigit(c) ? CharacterClass.Number :
                c is ' ' or (>= '\t' and <= '\r') ? CharacterClass.Space : CharacterClass.Other;
        }

        var category = char.GetUnicodeCategory(c);
        if (category == UnicodeCategory.Surrogate)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out length);
            category = Rune.GetUnicodeCategory(rune);
        }

        return CharacterClasses.IsLetter(category) ? CharacterClass.Letter :
            CharacterClasses.IsNumber(category) ? CharacterClass.Number :
            char.IsWhiteSpace(c) ? CharacterClass.Space : CharacterClass.Other;
    }
}
