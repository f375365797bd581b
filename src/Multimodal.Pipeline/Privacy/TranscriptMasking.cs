using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Privacy;

/// <summary>Masks transcripts: the text, and the timed words and segments that it is made of.</summary>
public static class TranscriptMasking
{
    /// <summary>
    /// The transcript with everything replaced that is found in it; the same where nothing is. What several words or segments say together
    /// is found as well: they become one, from the beginning of the first to the end of the last.
    /// </summary>
    public static Transcript Apply(this ITextMask mask, Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(transcript);
        var text = mask.Apply(transcript.Text);
        var (words, segments) = (Mask(mask, transcript.Words), Mask(mask, transcript.Segments));
        return text == transcript.Text && ReferenceEquals(words, transcript.Words) && ReferenceEquals(segments, transcript.Segments)
            ? transcript
            : transcript with { Text = text, Words = words, Segments = segments };
    }

    private static IReadOnlyList<TranscriptSpan> Mask(ITextMask mask, IReadOnlyList<TranscriptSpan> parts)
    {
        var joined = string.Join(' ', parts.Select(part => part.Text));
        var spans = mask.Find(joined);
        if (spans.Count == 0)
        {
            return parts;
        }

        var masked = new List<TranscriptSpan>(parts.Count);
        var (at, next) = (0, 0);
        for (var i = 0; i < parts.Count;)
        {
            // Parts that a span joins are taken together.
            var (first, from) = (i, at);
            var to = from + parts[i].Text.Length;
            var last = next;
            while (last < spans.Count && spans[last].Start < to)
            {
                while (spans[last].End > to && i + 1 < parts.Count)
                {
                    to += 1 + parts[++i].Text.Length;
                }

                last++;
            }

            masked.Add(last == next ? parts[i] : Join(parts, first, i, mask.Apply(joined[from..to])));
            (at, next, i) = (to + 1, last, i + 1);
        }

        return masked;
    }

    private static TranscriptSpan Join(IReadOnlyList<TranscriptSpan> parts, int first, int last, string text)
    {
        var own = parts.Skip(first).Take(last - first + 1).ToList();
        return new TranscriptSpan(text, parts[first].Start, parts[last].End, own.Min(part => part.Confidence));
    }
}
