using System.Text;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>Puts a string in place of every match.</summary>
internal sealed class ReplaceNormalizer(ITextPattern pattern, string content) : ITextNormalizer
{
    public string Normalize(string text)
    {
        var matches = new List<(int Start, int End)>();
        pattern.FindAll(text, matches);
        if (matches.TrueForAll(match => text.AsSpan(match.Start, match.End - match.Start).SequenceEqual(content)))
        {
            return text;
        }

        var replaced = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, end) in matches)
        {
            replaced.Append(text, at, start - at).Append(content);
            at = end;
        }

        return replaced.Append(text, at, text.Length - at).ToString();
    }
}
