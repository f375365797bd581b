using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Code points of a class, each by itself or in runs.</summary>
internal sealed class RunePattern(Func<Rune, bool> isMatch, bool inRuns) : ITextPattern
{
    public void FindAll(ReadOnlySpan<char> text, List<(int Start, int End)> matches)
    {
        var at = 0;
        var isRun = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var end = at + rune.Utf16SequenceLength;
            var matched = isMatch(rune);
            if (matched && inRuns && isRun)
            {
                matches[^1] = (matches[^1].Start, end);
            }
            else if (matched)
            {
                matches.Add((at, end));
            }

            isRun = matched;
            at = end;
        }
    }
}
