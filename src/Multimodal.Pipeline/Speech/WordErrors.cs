namespace Multimodal.Pipeline.Speech;

/// <summary>How far transcripts are from what was said: insertions, deletions and substitutions of words (V. Levenshtein, 1966).</summary>
/// <param name="Edits">How many.</param>
/// <param name="Words">How many words were said.</param>
public readonly record struct WordErrors(int Edits, int Words)
{
    /// <summary>Edits a word said; 0 where nothing was said and nothing heard, above 1 where far too much was heard.</summary>
    public double Rate => Words > 0 ? (double)Edits / Words : Edits > 0 ? double.PositiveInfinity : 0;

    /// <summary>Those of two transcripts together.</summary>
    public static WordErrors operator +(WordErrors left, WordErrors right) => left.Add(right);

    /// <summary>Those of two transcripts together.</summary>
    public WordErrors Add(WordErrors other) => new(Edits + other.Edits, Words + other.Words);

    /// <summary>Compares a transcript with what was said; case counts, white space does not.</summary>
    public static WordErrors Of(string said, string heard)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(heard);
        var (expected, found) = (Split(said), Split(heard));
        int[] row = [.. Enumerable.Range(0, found.Length + 1)];
        for (var i = 1; i <= expected.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= found.Length; j++)
            {
                var substituted = diagonal + (expected[i - 1] == found[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return new WordErrors(row[^1], expected.Length);
    }

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
