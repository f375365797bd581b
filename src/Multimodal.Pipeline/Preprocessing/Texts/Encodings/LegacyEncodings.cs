using System.Buffers;
using System.Text;
using UtfUnknown;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>
/// Tells encodings from before Unicode by the statistics of languages (UTF.Unknown), and takes a guess only where the text that it gives
/// is one: bytes that are no text must stay none.
/// </summary>
internal static class LegacyEncodings
{
    private const int MinimumBytes = 4;
    private const int Sampled = 65_536;

    /// <summary>The least confidence; Latin letters get less of it, being mostly ASCII, and are held to more rules.</summary>
    private const float Confidence = 0.6f;
    private const float LatinConfidence = 0.35f;

    private const string Western = "windows-1252";

    private static readonly HashSet<string> Latin =
    [
        "iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-9", "iso-8859-10", "iso-8859-13", "iso-8859-15", "iso-8859-16",
        "windows-1250", Western, "windows-1254", "windows-1257",
    ];

    private static readonly HashSet<string> Alphabets =
    [
        "windows-1251", "iso-8859-5", "koi8-r", "ibm866", "windows-1253", "iso-8859-7", "windows-1255", "iso-8859-8", "windows-1256",
        "iso-8859-6", "windows-874", "tis-620",
    ];

    /// <summary>Of each the commoner characters' first bytes: a text of a language is mostly of these, bytes at random seldom.</summary>
    private static readonly Dictionary<string, (byte From, byte To)> EastAsian = new()
    {
        ["shift-jis"] = (0x81, 0x98),
        ["euc-jp"] = (0xA1, 0xD0),
        ["gb18030"] = (0xA1, 0xD8),
        ["big5"] = (0xA1, 0xC6),
        ["euc-kr"] = (0xA1, 0xC8),
    };

    /// <summary>The encoding, or null where none can be told. Never for bytes that hold control characters.</summary>
    public static TextEncoding? Find(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (bytes.Length < MinimumBytes || first < 0 || TextProbe.HasControls(bytes) || IsDamagedUtf8(bytes[first..]))
        {
            return null;
        }

        // Statistics need what is around: from a little before the first byte beyond ASCII.
        var start = Math.Max(0, first - 256);
        var sample = bytes.Slice(start, Math.Min(bytes.Length - start, Sampled));
        var guesses = CharsetDetector.DetectFromBytes(sample.ToArray()).Details ?? [];
        foreach (var guess in guesses.OrderByDescending(guess => guess.Confidence))
        {
            if (Check(guess.EncodingName?.ToLowerInvariant() ?? "", guess.Confidence, bytes) is { } encoding)
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether more of it is UTF-8 than not, or holds half surrogate pairs as some programs write them: damaged text must be refused as
    /// such, not be read as other characters.
    /// </summary>
    private static bool IsDamagedUtf8(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, Sampled)];
        int valid = 0, invalid = 0;
        while (!bytes.IsEmpty)
        {
            if (bytes is [0xED, >= 0xA0, >= 0x80 and < 0xC0, ..])
            {
                return true;
            }

            var isValid = Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done;
            valid += isValid && length > 1 ? 1 : 0;
            invalid += isValid ? 0 : 1;
            bytes = bytes[length..];
        }

        return valid > invalid;
    }

    private static TextEncoding? Check(string name, float confidence, ReadOnlySpan<byte> bytes)
    {
        if (Latin.Contains(name) && confidence >= LatinConfidence)
        {
            // The encodings of Latin letters differ little, and Western is the commonest; where it gives nonsense, the guess is taken.
            return Decode(Western, bytes, text => Plausibility.IsLatin(text)) ??
                (name is "iso-8859-1" or Western ? null : Decode(name, bytes, text => Plausibility.IsLatin(text)));
        }

        if (confidence < Confidence)
        {
            return null;
        }

        return Alphabets.Contains(name) ? Decode(name, bytes, text => Plausibility.IsAlphabetic(text)) :
            EastAsian.TryGetValue(name, out var common) && HasCommon(bytes, name, common) ? Decode(name, bytes, text => Plausibility.IsEastAsian(text)) :
            null;
    }

    private static TextEncoding? Decode(string name, ReadOnlySpan<byte> bytes, Func<string, bool> isPlausible)
    {
        var encoding = name switch
        {
            "shift-jis" => GetEncoding("shift_jis"),
            "tis-620" => GetEncoding("windows-874"),
            _ => GetEncoding(name),
        };
        try
        {
            return encoding?.GetString(bytes) is { } text && !TextProbe.HasControls(text) && !Plausibility.HasForbidden(text) &&
                Plausibility.HasWordsInAscii(text) && isPlausible(text)
                ? new TextEncoding(encoding, encoding.WebName, IsAssumed: true)
                : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? GetEncoding(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? (name == "iso-8859-1" ? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback) : null);

    private static bool HasCommon(ReadOnlySpan<byte> bytes, string name, (byte From, byte To) common)
    {
        int pairs = 0, frequent = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            // Half-width katakana take one byte in Shift JIS.
            if (bytes[i] < 0x80 || (name == "shift-jis" && bytes[i] is >= 0xA1 and <= 0xDF))
            {
                continue;
            }

            pairs++;
            frequent += bytes[i] >= common.From && bytes[i] <= common.To && i + 1 < bytes.Length && (name == "shift-jis" || name == "big5" || bytes[i + 1] >= 0xA1) ? 1 : 0;
            i++;
        }

        return pairs >= 2 && frequent >= 0.75 * pairs;
    }
}
