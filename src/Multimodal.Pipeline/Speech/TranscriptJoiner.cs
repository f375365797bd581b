namespace Multimodal.Pipeline.Speech;

/// <summary>
/// Makes one transcript of those of a recording's windows. Where windows overlap, what was heard twice is kept once: a span belongs to the
/// window in whose middle part its own middle lies; without times, the words that end one window and begin the next are said once.
/// </summary>
public static class TranscriptJoiner
{
    // More words than this do not fit into an overlap that anyone would choose.
    private const int LongestRepeat = 200;

    /// <summary>Joins.</summary>
    /// <param name="windows">The windows' transcripts in their order, each timed from the beginning of its window.</param>
    /// <param name="timing">Where the windows lie.</param>
    public static Transcript Join(IReadOnlyList<Transcript> windows, SoundTiming timing)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(timing);
        if (windows.Count == 1)
        {
            return Shift(windows[0], timing.Start);
        }

        var overlaps = timing.Window > timing.Hop;
        var words = Gather(windows, timing, window => window.Words);
        var segments = Gather(windows, timing, window => window.Segments);
        var isTimed = windows.All(window => window.Text.Length == 0 || window.Words.Count > 0 || window.Segments.Count > 0);
        var text = !overlaps ? string.Join(' ', windows.Select(window => window.Text).Where(part => part.Length > 0))
            : !isTimed ? JoinTexts(windows)
            : string.Join(' ', (words.Count > 0 ? words : segments).Select(span => span.Text));
        return new Transcript
        {
            Text = text,
            Words = words,
            Segments = segments,
            Language = MostFrequent(windows.Where(window => window.Text.Length > 0).Select(window => window.Language).OfType<string>()),
            Confidence = Mean(windows.Where(window => window.Text.Length > 0).Select(window => window.Confidence)),
            NoSpeech = windows.All(window => window.NoSpeech is not null) ? windows.Min(window => window.NoSpeech) : null,
        };
    }

    private static Transcript Shift(Transcript transcript, double seconds) => seconds == 0 ? transcript : transcript with
    {
        Words = [.. transcript.Words.Select(word => word.Shift(seconds))],
        Segments = [.. transcript.Segments.Select(segment => segment.Shift(seconds))],
    };

    private static List<TranscriptSpan> Gather(
        IReadOnlyList<Transcript> windows, SoundTiming timing, Func<Transcript, IReadOnlyList<TranscriptSpan>> spansOf)
    {
        var half = Math.Max(0, timing.Window - timing.Hop) / 2;
        var spans = new List<TranscriptSpan>();
        for (var i = 0; i < windows.Count; i++)
        {
            var begin = i == 0 ? double.NegativeInfinity : half;
            var end = i == windows.Count - 1 || half <= 0 ? double.PositiveInfinity : timing.Hop + half;
            spans.AddRange(
                from span in spansOf(windows[i])
                let middle = (span.Start + span.End) / 2
                where half <= 0 || (middle >= begin && middle < end)
                select span.Shift(timing.StartOf(i)));
        }

        return spans;
    }

    private static string JoinTexts(IReadOnlyList<Transcript> windows)
    {
        var words = new List<string>();
        foreach (var window in windows)
        {
            var next = window.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            words.AddRange(next.Skip(RepeatOf(words, next)));
        }

        return string.Join(' ', words);
    }

    // The longest end of what there is that begins what comes, without regard to case and punctuation.
    private static int RepeatOf(List<string> words, string[] next)
    {
        for (var length = Math.Min(LongestRepeat, Math.Min(words.Count, next.Length)); length > 0; length--)
        {
            if (Enumerable.Range(0, length).All(i => Bare(words[words.Count - length + i]) == Bare(next[i])))
            {
                return length;
            }
        }

        return 0;
    }

    private static string Bare(string word) =>
        string.Concat(word.Where(char.IsLetterOrDigit)) is { Length: > 0 } bare ? bare.ToUpperInvariant() : word;

    private static string? MostFrequent(IEnumerable<string> languages) =>
        languages.GroupBy(language => language).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;

    private static double? Mean(IEnumerable<double?> values) => values.OfType<double>().ToList() is { Count: > 0 } known ? known.Average() : null;
}
