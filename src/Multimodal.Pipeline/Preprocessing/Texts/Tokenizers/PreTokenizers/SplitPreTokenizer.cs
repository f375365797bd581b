namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Splits at the matches of a pattern.</summary>
internal sealed class SplitPreTokenizer(ITextPattern pattern, SplitBehavior behavior, bool isInverted) : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        var matches = new List<(int Start, int End)>();
        pattern.FindAll(text, matches);
        foreach (var (start, end) in Join(Parts(matches, text.Length)))
        {
            if (!sink.Add(text[start..end], isAtStart && start == 0))
            {
                return false;
            }
        }

        return true;
    }

    // The whole text in order, each part a match or what lies between.
    private List<(int Start, int End, bool IsMatch)> Parts(List<(int Start, int End)> matches, int length)
    {
        var parts = new List<(int Start, int End, bool IsMatch)>((2 * matches.Count) + 1);
        var at = 0;
        foreach (var (start, end) in matches)
        {
            if (start > at)
            {
                parts.Add((at, start, isInverted));
            }

            parts.Add((start, end, !isInverted));
            at = end;
        }

        if (length > at)
        {
            parts.Add((at, length, isInverted));
        }

        return parts;
    }

    private List<(int Start, int End)> Join(List<(int Start, int End, bool IsMatch)> parts)
    {
        var joined = new List<(int Start, int End)>(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            var (start, end, isMatch) = parts[i];
            var joins = i > 0 && behavior switch
            {
                SplitBehavior.MergedWithPrevious => isMatch && !parts[i - 1].IsMatch,
                SplitBehavior.MergedWithNext => !isMatch && parts[i - 1].IsMatch,
                SplitBehavior.Contiguous => isMatch == parts[i - 1].IsMatch,
                _ => false,
            };
            if (joins)
            {
                joined[^1] = (joined[^1].Start, end);
            }
            else if (!isMatch || behavior != SplitBehavior.Removed)
            {
                joined.Add((start, end));
            }
        }

        return joined;
    }
}
