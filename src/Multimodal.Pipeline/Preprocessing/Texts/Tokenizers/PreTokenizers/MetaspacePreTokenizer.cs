namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>SentencePiece's: a mark in place of each space, one before the text where it is to, and pieces that begin with the mark.</summary>
internal sealed class MetaspacePreTokenizer(char mark, MetaspacePrefix prefix, bool splits) : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var isPrefixed = text[0] != ' ' && text[0] != mark && (prefix == MetaspacePrefix.Always || (prefix == MetaspacePrefix.First && isAtStart));
        var marked = new char[text.Length + (isPrefixed ? 1 : 0)];
        marked[0] = mark;
        text.Replace(marked.AsSpan(isPrefixed ? 1 : 0), ' ', mark);
        return splits ? SplitAtMarks(marked, isAtStart, sink) : sink.Add(marked, isAtStart);
    }

    private bool SplitAtMarks(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[(at + 1)..].IndexOf(mark);
            var end = next < 0 ? text.Length : at + 1 + next;
            if (!sink.Add(text[at..end], isAtStart && at == 0))
            {
                return false;
            }

            at = end;
        }

        return true;
    }
}
