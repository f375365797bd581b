using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Multimodal.Privacy.Detection;

/// <summary>Finds IP addresses: four numbers up to 255 that are no version, and groups of RFC 4291 with a digit among them.</summary>
internal sealed class IpDetector : IDetector
{
    private static readonly SearchValues<char> OfV6 = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly string[] Versions =
    [
        "v", "version", "versions", "release", "build", "firmware", "section", "sections", "chapter", "clause", "paragraph", "§", "kapitel", "abschnitt",
        "versión", "versione", "versão", "версия", "версии", "版本", "バージョン", "oid", "rev", "revision", "driver", "fw", "sdk", "assembly", "fileversion",
    ];

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        FindV4(text, findings);
        for (var colon = text.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = colon + 1 < text.Length ? text.IndexOf(':', colon + 1) : -1)
        {
            colon = FindV6(text, colon, findings);
        }
    }

    private static void FindV4(string text, ICollection<Finding> findings)
    {
        for (var dot = text.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = text.IndexOf('.', dot + 1))
        {
            var start = dot;
            while (start > 0 && dot - start < 3 && char.IsAsciiDigit(text[start - 1]))
            {
                start--;
            }

            if (start == dot || ReadV4(text, start) is not { } end || !StandsAlone(text, start, end))
            {
                continue;
            }

            dot = end - 1;
            if (!Surroundings.EndsWithAny(Surroundings.Before(text, start), Versions))
            {
                var normal = IPAddress.Parse(string.Join('.', text[start..end].Split('.').Select(part => int.Parse(part, null)))).ToString();
                findings.Add(new Finding(start, end, PersonalDataKinds.Ip, normal));
            }

            if (dot + 1 >= text.Length)
            {
                return;
            }
        }
    }

    private static int? ReadV4(string text, int start)
    {
        var at = start;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && (at >= text.Length || text[at++] != '.'))
            {
                return null;
            }

            var (value, digits) = (0, 0);
            while (at < text.Length && digits < 4 && char.IsAsciiDigit(text[at]))
            {
                value = (value * 10) + (text[at++] - '0');
                digits++;
            }

            if (digits is 0 or > 3 || value > 255)
            {
                return null;
            }
        }

        return at;
    }

    // A fifth number makes it something else.
    private static bool StandsAlone(string text, int start, int end) =>
        Surroundings.StandsAlone(text, start, end)
        && !Surroundings.IsPartOfNumber(text, start, end, ".,")
        && (start == 0 || text[start - 1] is not ('.' or '-') || start == 1)
        && !(end + 1 < text.Length && text[end] == '-' && char.IsLetter(text[end + 1]));

    /// <returns>Up to where the text has been read.</returns>
    private static int FindV6(string text, int colon, ICollection<Finding> findings)
    {
        var (start, end) = (colon, colon);
        while (start > 0 && OfV6.Contains(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && OfV6.Contains(text[end]))
        {
            end++;
        }

        var read = end - 1;

        // A sentence may end behind it, or a colon stand before it.
        while (end > start && (text[end - 1] == '.' || (text[end - 1] == ':' && !(end - start > 1 && text[end - 2] == ':'))))
        {
            end--;
        }

        while (start < end && (text[start] == '.' || (text[start] == ':' && !(start + 1 < end && text[start + 1] == ':'))))
        {
            start++;
        }

        var part = text.AsSpan(start, end - start);
        if (part.Length is >= 3 and <= 45
            && part.Count(':') >= 2
            && part.ContainsAnyInRange('0', '9')
            && Surroundings.StandsAlone(text, start, end)
            && IPAddress.TryParse(part, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            findings.Add(new Finding(start, end, PersonalDataKinds.Ip, address.ToString()));
        }

        return read;
    }
}
