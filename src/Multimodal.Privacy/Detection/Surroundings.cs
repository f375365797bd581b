namespace Multimodal.Privacy.Detection;

/// <summary>What stands around a finding.</summary>
internal static class Surroundings
{
    private const int Reach = 32;

    /// <summary>Whether neither a letter nor a digit of the same word touches it.</summary>
    public static bool StandsAlone(string text, int start, int end) =>
        (start == 0 || !IsWord(text[start - 1])) && (end == text.Length || !IsWord(text[end]));

    /// <summary>Whether a part of a number goes on before or after it: a digit behind a point, comma, colon or dash.</summary>
    public static bool IsPartOfNumber(string text, int start, int end, string joints) =>
        (start > 1 && joints.Contains(text[start - 1]) && char.IsAsciiDigit(text[start - 2]))
        || (end + 1 < text.Length && joints.Contains(text[end]) && char.IsAsciiDigit(text[end + 1]));

    /// <summary>What stands before it in its line, no further back than the last two or three words.</summary>
    public static ReadOnlySpan<char> Before(string text, int start)
    {
        var before = text.AsSpan(Math.Max(0, start - Reach), Math.Min(Reach, start));
        return before[(before.LastIndexOfAny('\n', '\r') + 1)..];
    }

    /// <summary>The last word before it; what stands between them besides is passed over.</summary>
    public static bool EndsWithAny(ReadOnlySpan<char> before, IEnumerable<string> words)
    {
        before = before.TrimEnd(" \t:;=#.,-(\"'№");
        foreach (var word in words)
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase)
                && (before.Length == word.Length || !char.IsLetter(word[0]) || word[0] > 0x2E80 || !char.IsLetter(before[^(word.Length + 1)])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of some words stands before it.</summary>
    public static bool HoldsAny(ReadOnlySpan<char> before, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var at = before.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (at == 0 || word[0] > 0x2E80 || !char.IsLetter(before[at - 1])))
            {
                return true;
            }
        }

        return false;
    }

    // An ideograph beside a number is another word: those scripts set no spaces.
    private static bool IsWord(char character) => (char.IsLetterOrDigit(character) && character < 0x2E80) || character == '_';
}
