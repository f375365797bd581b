using System.Text.RegularExpressions;

namespace Multimodal.Privacy.Detection;

/// <summary>
/// Finds e-mail addresses (RFC 5321, with letters of all scripts as in RFC 6531) that have a domain with a dot, also with <c>%40</c> or a
/// spelt-out "[at]" in place of the sign.
/// </summary>
internal sealed partial class EmailDetector : IDetector
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;
    private const int LongestLabel = 63;

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            Read(text, at, 1, findings);
        }

        for (var at = text.IndexOf("%40", StringComparison.Ordinal); at >= 0; at = text.IndexOf("%40", at + 1, StringComparison.Ordinal))
        {
            Read(text, at, 3, findings);
        }

        // Looked for first: the pattern takes its time on long words.
        if (SpeltAt.IsMatch(text))
        {
            foreach (Match match in Spelt.Matches(text))
            {
                var normal = SpeltDot.Replace(SpeltAt.Replace(match.Value, "@"), ".");
                findings.Add(new Finding(match.Index, match.Index + match.Length, PersonalDataKinds.Email, Normalise(normal)));
            }
        }
    }

    private static void Read(string text, int at, int signLength, ICollection<Finding> findings)
    {
        var start = StartOf(text, at);
        var end = EndOf(text, at + signLength);
        if (start < at && end > at)
        {
            var normal = $"{text.AsSpan(start, at - start)}@{text.AsSpan(at + signLength, end - at - signLength)}";
            findings.Add(new Finding(start, end, PersonalDataKinds.Email, Normalise(normal)));
        }
    }

    private static int StartOf(string text, int at)
    {
        if (at > 1 && text[at - 1] == '"')
        {
            var quote = text.LastIndexOf('"', at - 2, Math.Min(at - 1, LongestLocal));
            return quote < 0 || text.AsSpan(quote, at - quote).ContainsAny('\n', '\r') ? at : quote;
        }

        // Scripts without spaces: a Latin address begins where they end.
        var isLatin = at > 0 && text[at - 1] < 0x2E80;
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsOfLocal(text[start - 1], isLatin))
        {
            start--;
        }

        while (start < at && text[start] is '.' or '\'' or '-')
        {
            start++;
        }

        return at > start && text[at - 1] == '.' ? at : start;
    }

    /// <returns>Where the domain ends; 0 where there is none.</returns>
    private static int EndOf(string text, int start)
    {
        if (start >= text.Length)
        {
            return 0;
        }

        if (text[start] == '[')
        {
            var close = text.IndexOf(']', start, Math.Min(48, text.Length - start));
            return close > 0 && System.Net.IPAddress.TryParse(text.AsSpan(start + 1, close - start - 1).ToString().Replace("IPv6:", "", StringComparison.OrdinalIgnoreCase), out _)
                ? close + 1
                : 0;
        }

        var isLatin = text[start] < 0x2E80;
        var end = start;
        while (end < text.Length && end - start < LongestDomain && IsOfDomain(text[end], isLatin) && !(text[end] == '.' && end > start && text[end - 1] == '.'))
        {
            end++;
        }

        while (end > start && text[end - 1] is '.' or '-')
        {
            end--;
        }

        return IsDomain(text.AsSpan(start, end - start)) ? end : 0;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        var numbers = 0;
        var last = domain;
        foreach (var range in domain.Split('.'))
        {
            last = domain[range];
            if (last.Length is 0 or > LongestLabel || last[0] == '-' || last[^1] == '-')
            {
                return false;
            }

            // A version such as 18.2.0-beta.rc, or the 2x of logo@2x.png.
            numbers += labels < 2 && !last.ContainsAnyExceptInRange('0', '9') ? 1 : 0;
            if (labels == 0 && last.Length < 4 && char.IsAsciiDigit(last[0]) && last[^1] is 'x' or 'X')
            {
                return false;
            }

            labels++;
        }

        return labels > 1 && numbers < 2 && last.Length > 1
            && (last.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || !last.ContainsAnyInRange('0', '9') && !last.Contains('-'));
    }

    private static bool IsOfLocal(char character, bool isLatin) =>
        (char.IsLetterOrDigit(character) && (!isLatin || character < 0x2E80)) || character is '.' or '_' or '%' or '+' or '-' or '\'' or '~' || IsMark(character);

    private static bool IsOfDomain(char character, bool isLatin) =>
        (char.IsLetterOrDigit(character) && (!isLatin || character < 0x2E80)) || character is '.' or '-' || IsMark(character);

    private static bool IsMark(char character) =>
        character >= 0x300 && char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // The domain by rule; the local part, since no provider of note tells case apart.
    private static string Normalise(string address) => address.ToLowerInvariant();

    [GeneratedRegex(
        @"[\w.+%'\--[\u2E80-\uFFFF]]{1,64} ?[\[({] ?at ?[\])}] ?[\w\--[\u2E80-\uFFFF]]{1,63}(?:(?: ?[\[({] ?dot ?[\])}] ?|\.)[\w\--[\u2E80-\uFFFF]]{1,63}){1,6}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spelt { get; }

    [GeneratedRegex(@" ?[\[({] ?at ?[\])}] ?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpeltAt { get; }

    [GeneratedRegex(@" ?[\[({] ?dot ?[\])}] ?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpeltDot { get; }
}
