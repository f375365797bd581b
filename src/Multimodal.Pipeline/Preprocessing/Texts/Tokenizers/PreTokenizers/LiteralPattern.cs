namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>A string.</summary>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    public void FindAll(ReadOnlySpan<char> text, List<(int Start, int End)> matches)
    {
        for (var at = 0; literal.Length > 0 && text[at..].IndexOf(literal, StringComparison.Ordinal) is var next and >= 0;)
        {
            matches.Add((at + next, at + next + literal.Length));
            at += next + literal.Length;
        }
    }
}
