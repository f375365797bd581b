using System.Buffers;
using System.Text.RegularExpressions;

namespace Multimodal.Privacy.Detection;

/// <summary>
/// Finds links that let in whoever has them: with a password, or with a secret in query, fragment or path. The whole link is found, since
/// what it leads to is nobody's business either. JSON web tokens (RFC 7519) are found wherever they stand.
/// </summary>
internal sealed partial class LinkDetector : IDetector
{
    private const int ShortestPart = 9;

    private static readonly SearchValues<char> OfTokens = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // Whatever they hold is a secret.
    private static readonly string[] Secret =
    [
        "token", "password", "passwd", "pwd", "secret", "signature", "apikey", "accesskey", "credential", "jwt", "assertion", "sas", "bearer", "privatekey",
    ];

    // A secret only where the value looks like one.
    private static readonly string[] Perhaps =
    [
        "key", "sig", "code", "auth", "pass", "sid", "session", "sessionid", "phpsessid", "jsessionid", "otp", "ticket", "invite", "invitation", "hash", "hmac", "magic",
        "confirm", "confirmation", "verify", "verification", "reset", "authorization", "oauth", "nonce", "state", "share", "authkey", "samlresponse", "pin", "st", "t",
    ];

    private static readonly string[] Doors =
    [
        "reset", "reset-password", "password-reset", "verify", "verify-email", "confirm", "confirmation", "activate", "activation", "invite", "invitation", "join",
        "unsubscribe", "magic", "magic-link", "login", "share", "shared", "s", "d", "recover", "services", "webhooks", "hooks", "auth", "token",
    ];

    private static readonly SearchValues<char> OfSecrets = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.%+=/");

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        FindTokens(text, findings);
        if (!text.Contains("://", StringComparison.Ordinal) && !text.Contains("www.", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        foreach (Match match in Links.Matches(text))
        {
            var length = LengthOf(match.ValueSpan);
            var link = match.Value[..length];
            if (HoldsSecret(link))
            {
                findings.Add(new Finding(match.Index, match.Index + length, PersonalDataKinds.Link, Normalise(link)));
            }
        }
    }

    // Header, payload and signature in Base64 without padding; header and payload are JSON objects, whose '{"' is always eyJ. By hand: a
    // pattern would try each beginning again.
    private static void FindTokens(string text, ICollection<Finding> findings)
    {
        for (var dot = text.IndexOf(".eyJ", StringComparison.Ordinal); dot >= 0; dot = text.IndexOf(".eyJ", dot + 1, StringComparison.Ordinal))
        {
            var start = dot;
            while (start > 0 && OfTokens.Contains(text[start - 1]))
            {
                start--;
            }

            var header = text.AsSpan(start, dot - start).IndexOf("eyJ");
            var payload = LengthOf(text, dot + 1);
            var signature = dot + 1 + payload < text.Length && text[dot + 1 + payload] == '.' ? LengthOf(text, dot + 2 + payload) : 0;
            if (header >= 0 && dot - start - header >= ShortestPart && payload >= ShortestPart && signature >= ShortestPart)
            {
                var end = dot + 2 + payload + signature;
                findings.Add(new Finding(start + header, end, PersonalDataKinds.Link, text[(start + header)..end]));
            }
        }
    }

    private static int LengthOf(string text, int start)
    {
        var length = text.AsSpan(start).IndexOfAnyExcept(OfTokens);
        return length < 0 ? text.Length - start : length;
    }

    // The end of a sentence, and a bracket that was opened before the link, are not its.
    private static int LengthOf(ReadOnlySpan<char> link)
    {
        var length = link.Length;
        while (length > 0)
        {
            var last = link[length - 1];
            var isClosing = (last == ')' && !link[..length].Contains('(')) || (last == ']' && !link[..length].Contains('['));
            if (!isClosing && last is not ('.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '。' or '、' or '»' or '”' or '’' or '）' or '」'))
            {
                break;
            }

            length--;
        }

        return length;
    }

    private static bool HoldsSecret(string link)
    {
        var authority = link.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var rest = link.AsSpan(authority);
        var path = rest.IndexOfAny('/', '?', '#') is var slash and >= 0 ? slash : rest.Length;
        if (HoldsPassword(rest[..path]))
        {
            return true;
        }

        var parameters = rest[path..].IndexOfAny('?', '#') is var question and >= 0 ? path + question : rest.Length;
        return PathHoldsSecret(rest[path..parameters]) || ParametersHoldSecret(rest[parameters..]);
    }

    private static bool HoldsPassword(ReadOnlySpan<char> authority)
    {
        var user = authority[..Math.Max(0, authority.LastIndexOf('@'))];
        return user.IndexOf(':') is var colon and >= 0 && colon + 1 < user.Length;
    }

    private static bool PathHoldsSecret(ReadOnlySpan<char> path)
    {
        var isBehindDoor = false;
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];

            // A bot's key stands in the path by itself.
            if ((isBehindDoor && segment.Length >= 16 && IsOpaque(segment)) || (segment.Length >= 24 && IsMixed(segment)))
            {
                return true;
            }

            isBehindDoor |= Contains(Doors, segment);
        }

        return false;
    }

    private static bool ParametersHoldSecret(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.SplitAny('?', '#', '&', ';'))
        {
            var parameter = parameters[range];
            var equals = parameter.IndexOf('=');
            if (equals <= 0)
            {
                // A fragment or query that is nothing but a secret.
                if (parameter.Length >= 24 && IsMixed(parameter))
                {
                    return true;
                }

                continue;
            }

            var name = Simplify(parameter[..equals]);
            var value = parameter[(equals + 1)..];
            if ((value.Length >= 3 && EndsWithAny(name, Secret))
                || (value.Length >= 4 && Contains(Perhaps, name) && (IsOpaque(value) || (value.Length >= 4 && !value.ContainsAnyExceptInRange('0', '9') && name is "otp" or "pin")))
                || (value.Length >= 24 && IsMixed(value)))
            {
                return true;
            }
        }

        return false;
    }

    // Digits among letters, as in no word and no number.
    private static bool IsOpaque(ReadOnlySpan<char> value) =>
        value.Length >= 6 && !value.ContainsAnyExcept(OfSecrets) && value.ContainsAnyInRange('0', '9')
        && (value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z'));

    private static bool IsMixed(ReadOnlySpan<char> value) =>
        !value.ContainsAnyExcept(OfSecrets) && value.ContainsAnyInRange('0', '9') && value.ContainsAnyInRange('a', 'z') && value.ContainsAnyInRange('A', 'Z')
        && value.Count('-') + value.Count('_') + value.Count('.') + value.Count('%') + value.Count('+') <= value.Length / 8;

    private static string Simplify(ReadOnlySpan<char> name) =>
        string.Concat(name.ToString().Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static bool EndsWithAny(string name, string[] words) => Array.Exists(words, word => name.EndsWith(word, StringComparison.Ordinal));

    private static bool Contains(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var known in words)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Scheme and host are the same in any case (RFC 3986, 6.2.2.1); the rest is not.
    private static string Normalise(string link)
    {
        var authority = link.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var end = link.IndexOfAny(['/', '?', '#'], authority);
        end = end < 0 ? link.Length : end;
        var host = link.LastIndexOf('@', end - 1, end - authority) + 1;
        host = Math.Max(host, authority);
        return link[..authority].ToLowerInvariant() + link[authority..host] + link[host..end].ToLowerInvariant() + link[end..];
    }

    [GeneratedRegex("(?:[a-z][a-z0-9+.-]{1,15}://|www\\.)[^\\s<>\"`{}|\\\\^]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links { get; }
}
