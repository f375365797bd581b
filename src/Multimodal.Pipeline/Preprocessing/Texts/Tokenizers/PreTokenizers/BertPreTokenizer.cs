using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>BERT's words: what lies between white space, each punctuation mark by itself.</summary>
internal sealed class BertPreTokenizer : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        int begin = 0, at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var end = at + rune.Utf16SequenceLength;
            var isPunctuation = CharacterClasses.IsPunctuation(rune);
            if (isPunctuation || Rune.IsWhiteSpace(rune))
            {
                if ((at > begin && !sink.Add(text[begin..at], isAtStart && begin == 0)) ||
                    (isPunctuation && !sink.Add(text[at..end], isAtStart && at == 0)))
                {
                    return false;
                }

                begin = end;
            }

            at = end;
        }

        return at == begin || sink.Add(text[begin..at], isAtStart && begin == 0);
    }
}
