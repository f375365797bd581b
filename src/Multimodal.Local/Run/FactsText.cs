using System.Globalization;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Run;

/// <summary>What was read of an input, in a few words.</summary>
internal static class FactsText
{
    private const int LongestExcerpt = 48;

    public static string Of(InputFacts facts)
    {
        var culture = CultureInfo.InvariantCulture;
        List<string> parts = [facts.MediaType];
        if (facts.Width is { } width)
        {
            parts.Add(string.Create(culture, $"{width}×{facts.Height} px"));
        }

        if (facts.SampleRate is { } rate)
        {
            parts.Add(string.Create(culture, $"{rate} Hz, {facts.Channels} ch, {facts.Seconds:0.00} s"));
        }

        if (facts.Loudness is { } loudness)
        {
            parts.Add(string.Create(culture, $"{loudness:0.0} LUFS"));
        }

        AddShare(parts, facts.ClippedShare, "clipped");
        AddShare(parts, facts.SilentShare, "silent");
        AddShare(parts, facts.SpeechShare, "speech");
        if (facts.Excerpt is { } excerpt)
        {
            parts.Add($"“{(excerpt.Length > LongestExcerpt ? excerpt[..LongestExcerpt] + "…" : excerpt)}”");
        }

        parts.AddRange(facts.Notes);
        return string.Join(", ", parts);
    }

    // What rounds to nothing is not worth a word, but that nobody speaks is.
    private static void AddShare(List<string> parts, double? share, string what)
    {
        if (share is { } known && (known >= 0.001 || what == "speech"))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100 * known:0.#} % {what}"));
        }
    }
}
