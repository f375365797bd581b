namespace Multimodal.Pipeline.Speech;

/// <summary>A part of a transcript, and when it was said.</summary>
/// <param name="Text">What was said, without white space at its ends.</param>
/// <param name="Start">When it begins, in seconds of the recording.</param>
/// <param name="End">When it ends; not before <paramref name="Start"/>.</param>
/// <param name="Confidence">How certain the recogniser is of it, 0 to 1; null where it does not say.</param>
public sealed record TranscriptSpan(string Text, double Start, double End, double? Confidence = null)
{
    /// <summary>The same, so many seconds later.</summary>
    public TranscriptSpan Shift(double seconds) => this with { Start = Start + seconds, End = End + seconds };
}
