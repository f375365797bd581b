using System.Text;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>What is said in SubRip (.srt) and WebVTT (.vtt) files: the lines of the cues.</summary>
internal static partial class SubtitleText
{
    /// <summary>Whether the text begins as one of the two does.</summary>
    public static bool IsSubtitles(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (IsWebVtt(start))
        {
            return true;
        }

        var line = FirstLine(start);
        if (line.Length is > 0 and <= 9 && !line.ContainsAnyExceptInRange('0', '9'))
        {
            line = FirstLine(start[line.Length..].TrimStart());
        }

        return line.Length < 200 && Times().IsMatch(line);
    }

    /// <exception cref="InputException"><see cref="InputErrorCodes.Corrupt"/>: it has no cue.</exception>
    public static string Extract(string text, string name)
    {
        var isWebVtt = IsWebVtt(text.AsSpan().TrimStart());
        var words = new StringBuilder();
        bool inCue = false, hasCue = false;

        // Where the last line of a cue begins if it is a number: files that lack the empty line have the next cue's there.
        var number = -1;
        foreach (var whole in text.AsSpan().EnumerateLines())
        {
            var line = whole.Trim();
            if (line.Length < 200 && line.Contains("-->", StringComparison.Ordinal) && Times().IsMatch(line))
            {
                words.Length = inCue && number >= 0 ? number : words.Length;
                (inCue, hasCue, number) = (true, true, -1);
            }
            else if (line.IsEmpty)
            {
                (inCue, number) = (false, -1);
            }
            else if (inCue)
            {
                number = line.ContainsAnyExceptInRange('0', '9') ? -1 : words.Length;
                Append(words, line, isWebVtt);
            }
        }

        return hasCue
            ? words.ToString()
            : throw new InputException(
                InputErrorCodes.Corrupt, $"'{name}' holds no subtitles: no line with the times of a cue.", "Send SubRip or WebVTT, or declare another format.");
    }

    private static bool IsWebVtt(ReadOnlySpan<char> start) =>
        start.StartsWith("WEBVTT", StringComparison.Ordinal) && (start.Length == 6 || char.IsWhiteSpace(start[6]));

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text) =>
        text.IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end].TrimEnd() : text;

    private static void Append(StringBuilder words, ReadOnlySpan<char> line, bool isWebVtt)
    {
        var start = words.Length;
        words.Append(start > 0 ? "\n" : "");
        var bare = words.Length;

        // Tags such as <i>, <v Name>, <00:01.000>, and the overrides {\an8} that SubRip took from other formats.
        for (var at = 0; at < line.Length;)
        {
            var close =
                line[at] == '<' && at + 1 < line.Length && (char.IsAsciiLetterOrDigit(line[at + 1]) || line[at + 1] == '/') ? line[at..].IndexOf('>') :
                line[at] == '{' && at + 1 < line.Length && line[at + 1] == '\\' ? line[at..].IndexOf('}') : -1;
            if (close >= 0)
            {
                at += close + 1;
                continue;
            }

            var next = line[(at + 1)..].IndexOfAny('<', '{');
            var end = next < 0 ? line.Length : at + 1 + next;
            words.Append(line[at..end]);
            at = end;
        }

        if (isWebVtt && line.Contains('&'))
        {
            var unescaped = HtmlEntities.Unescape(words.ToString(bare, words.Length - bare));
            words.Length = bare;
            words.Append(unescaped);
        }

        words.Length = words.Length == bare ? start : words.Length;
    }

    [GeneratedRegex(@"^\s*(\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->\s*(\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}(\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Times();
}
