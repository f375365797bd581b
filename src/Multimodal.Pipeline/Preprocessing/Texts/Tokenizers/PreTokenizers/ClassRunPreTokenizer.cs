using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Runs of code points of one class are the pieces; a class below 0 is left out.</summary>
internal sealed class ClassRunPreTokenizer(Func<Rune, int> classify) : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        int begin = 0, at = 0, current = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = classify(rune);
            if (kind != current)
            {
                if (current >= 0 && !sink.Add(text[begin..at], isAtStart && begin == 0))
                {
                    return false;
                }

                (begin, current) = (at, kind);
            }

            at += rune.Utf16SequenceLength;
        }

        return current < 0 || sink.Add(text[begin..at], isAtStart && begin == 0);
    }
}
