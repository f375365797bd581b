using System.Globalization;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Local.Run;

/// <summary>A transcript for people.</summary>
internal static class TranscriptText
{
    // Words of a long recording would fill the screen; their times are in the result.
    private const int MostTimed = 12;

    /// <summary>The text, of a short one each part with its time.</summary>
    public static string Of(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var spans = transcript.Words.Count > 0 ? transcript.Words : transcript.Segments;
        var text = transcript.Text.Length == 0 ? "(nobody speaks)"
            : spans.Count is 0 or > MostTimed ? transcript.Text
            : string.Join("  ", spans.Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.Text} {span.Start:0.00}–{span.End:0.00} s")));
        return transcript.Language is { } language ? $"({language}) {text}" : text;
    }
}
