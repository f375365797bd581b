using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Speech;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy.Tests.Redaction;

public sealed class TranscriptMaskingTests
{
    [Fact]
    public void Apply_NumberOverSeveralWords_BecomesOneWordFromTheFirstToTheLast()
    {
        var transcript = new Transcript
        {
            Text = "call +44 7911 123456 now",
            Words =
            [
                new TranscriptSpan("call", 0, 0.4, 0.9), new TranscriptSpan("+44", 0.5, 0.9, 0.8), new TranscriptSpan("7911", 1, 1.5, 0.7),
                new TranscriptSpan("123456", 1.6, 2.4, 0.6), new TranscriptSpan("now", 2.5, 2.8, 0.9),
            ],
            Segments = [new TranscriptSpan("call +44 7911 123456 now", 0, 2.8)],
        };

        var masked = Masks.Create(new MaskingOptions()).Apply(transcript);

        Assert.Equal("call [phone] now", masked.Text);
        Assert.Equal(["call", "[phone]", "now"], masked.Words.Select(word => word.Text));
        Assert.Equal(new TranscriptSpan("[phone]", 0.5, 2.4, 0.6), masked.Words[1]);
        Assert.Equal("call [phone] now", Assert.Single(masked.Segments).Text);
    }

    [Fact]
    public void Apply_AddressOverTwoSegments_JoinsThem()
    {
        var transcript = new Transcript
        {
            Text = "my card is 4111 1111 1111 1111 thanks",
            Segments = [new TranscriptSpan("my card is 4111 1111", 0, 2), new TranscriptSpan("1111 1111 thanks", 2, 4), new TranscriptSpan("bye", 4, 5)],
        };

        var masked = Masks.Create(new MaskingOptions()).Apply(transcript);

        Assert.Equal([new TranscriptSpan("my card is [card] thanks", 0, 4), new TranscriptSpan("bye", 4, 5)], masked.Segments);
    }

    [Fact]
    public void Apply_NothingInIt_IsTheSame()
    {
        var transcript = new Transcript { Text = "seven", Words = [new TranscriptSpan("seven", 0, 1)] };

        Assert.Same(transcript, Masks.Create(new MaskingOptions()).Apply(transcript));
    }
}
