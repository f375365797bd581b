using CsCheck;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Tests.Speech;

/// <summary>Transcripts of windows that become one.</summary>
public sealed class TranscriptJoinerTests
{
    [Fact]
    public void Join_OneWindow_IsShiftedByItsStart()
    {
        var joined = TranscriptJoiner.Join([Of(("one", 0.1, 0.3))], SoundTiming.Whole(2, 1));

        Assert.Equal("one", joined.Text);
        Assert.Equal((2.1, 2.3), (joined.Words[0].Start, joined.Words[0].End));
    }

    [Fact]
    public void Join_WindowsWithoutOverlap_FollowEachOther()
    {
        var joined = TranscriptJoiner.Join([Of(("one", 0.1, 0.3)), Of(), Of(("two", 0.2, 0.5))], new SoundTiming(1, 6, 2, 2));

        Assert.Equal("one two", joined.Text);
        Assert.Equal([1.1, 5.2], joined.Words.Select(word => Math.Round(word.Start, 9)));
    }

    [Fact]
    public void Join_TimedWindowsThatOverlap_KeepEachWordOnce() =>
        (from window in Gen.Double[2, 6]
         from overlap in Gen.Double[0.5, 1.5]
         from gaps in Gen.Double[0.3, 1].Array[1, 30]
         select (window, overlap, gaps)).Sample(sample =>
         {
             var (window, overlap, gaps) = sample;
             var hop = window - overlap;
             var words = new List<TranscriptSpan>();
             var at = 0.0;
             foreach (var gap in gaps)
             {
                 words.Add(new TranscriptSpan($"w{words.Count}", at, at + 0.2));
                 at += gap;
             }

             // Every window hears every word whose whole lies in it: of any two at a border, at least one does, since 0.2 s fit into half the overlap.
             var count = Math.Max(1, (int)Math.Ceiling((at - window) / hop) + 1);
             Transcript[] heard = [.. Enumerable.Range(0, count).Select(i => Of([
                 .. words.Where(word => word.Start >= i * hop && word.End <= (i * hop) + window)
                     .Select(word => (word.Text, word.Start - (i * hop), word.End - (i * hop))),
             ]))];

             var joined = TranscriptJoiner.Join(heard, new SoundTiming(0, at, hop, window));

             Assert.Equal(string.Join(' ', words.Select(word => word.Text)), joined.Text);
             Assert.All(joined.Words.Zip(words), pair => Assert.Equal(pair.Second.Start, pair.First.Start, 1e-9));
         }, iter: 300);

    [Fact]
    public void Join_UntimedWindowsThatOverlap_SayTheRepeatOnce()
    {
        var joined = TranscriptJoiner.Join(
            [new Transcript { Text = "The cat sat on the mat." }, new Transcript { Text = "on the mat and slept" }], new SoundTiming(0, 9, 4, 5));

        Assert.Equal("The cat sat on the mat. and slept", joined.Text);
    }

    [Fact]
    public void Join_Languages_TakeTheMostFrequentOfThoseThatSpeak()
    {
        Transcript[] windows =
        [
            new() { Text = "a", Language = "de", Confidence = 0.5, NoSpeech = 0.1 },
            new() { Text = "b", Language = "de", Confidence = 0.7, NoSpeech = 0.2 },
            new() { Text = "", Language = "en", NoSpeech = 0.9 },
        ];

        var joined = TranscriptJoiner.Join(windows, new SoundTiming(0, 9, 3, 3));

        Assert.Equal("de", joined.Language);
        Assert.Equal(0.6, joined.Confidence!.Value, 1e-9);
        Assert.Equal(0.1, joined.NoSpeech);
    }

    private static Transcript Of(params (string Text, double Start, double End)[] words) => new()
    {
        Text = string.Join(' ', words.Select(word => word.Text)),
        Words = [.. words.Select(word => new TranscriptSpan(word.Text, word.Start, word.End))],
    };
}
