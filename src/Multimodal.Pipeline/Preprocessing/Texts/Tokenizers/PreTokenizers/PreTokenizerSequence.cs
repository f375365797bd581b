namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Each splits the pieces of the one before.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<PreTokenizer> parts) : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            sink = new Link(parts[i], sink);
        }

        return sink.Add(text, isAtStart);
    }

    private sealed class Link(PreTokenizer part, IPieceSink next) : IPieceSink
    {
        public bool Add(ReadOnlySpan<char> piece, bool isAtStart) => piece.IsEmpty || part.Split(piece, isAtStart, next);
    }
}
