namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Pieces of so many code points.</summary>
internal sealed class FixedLengthPreTokenizer(int length) : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        int begin = 0, at = 0, count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            at += rune.Utf16SequenceLength;
            if (++count % length == 0)
            {
                if (!sink.Add(text[begin..at], isAtStart && begin == 0))
                {
                    return false;
                }

                begin = at;
            }
        }

        return at == begin || sink.Add(text[begin..at], isAtStart && begin == 0);
    }
}
