using System.Buffers;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>Finds added tokens in a text: the leftmost, of those that begin there the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<char, (string Content, AddedToken Token)[]> _byFirst;
    private readonly SearchValues<char> _firsts;

    /// <param name="tokens">Tokens by how they are written in the text that is searched.</param>
    public AddedTokenFinder(IEnumerable<(string Content, AddedToken Token)> tokens)
    {
        _byFirst = tokens
            .Where(entry => entry.Content.Length > 0)
            .GroupBy(entry => entry.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Content.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    public bool IsEmpty => _byFirst.Count == 0;

    /// <summary>The next token at or after a position.</summary>
    /// <returns>The token with what it takes of the text, white space included where it strips; null: there is none.</returns>
    public (AddedToken Token, int Start, int End)? Find(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; ; at++)
        {
            var next = text[at..].IndexOfAny(_firsts);
            if (next < 0)
            {
                return null;
            }

            at += next;
            foreach (var (content, token) in _byFirst[text[at]])
            {
                if (text[at..].StartsWith(content, StringComparison.Ordinal) && (!token.SingleWord || StandsAlone(text, at, at + content.Length)))
                {
                    return Strip(text, from, at, at + content.Length, token);
                }
            }
        }
    }

    private static (AddedToken, int, int) Strip(ReadOnlySpan<char> text, int from, int start, int end, AddedToken token)
    {
        while (token.StripLeft && start > from && char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        while (token.StripRight && end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return (token, start, end);
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end) =>
        !(Rune.DecodeLastFromUtf16(text[..start], out var before, out _) == OperationStatus.Done && CharacterClasses.IsWord(before)) &&
        !(Rune.DecodeFromUtf16(text[end..], out var after, out _) == OperationStatus.Done && CharacterClasses.IsWord(after));
}
