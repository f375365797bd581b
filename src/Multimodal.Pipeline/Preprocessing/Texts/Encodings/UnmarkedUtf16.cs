using System.Buffers;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>
/// Tells UTF-16 that lacks a byte order mark: only where the bytes hold control characters, as no other text does, and where nearly all
/// characters are ASCII, or of one more alphabet, or Chinese, Japanese or Korean, as those of other files read so are not.
/// </summary>
internal static class UnmarkedUtf16
{
    private const int MinimumBytes = 8;
    private const int SampledCharacters = 32_768;
    private const double Share = 0.9;

    private static readonly SearchValues<char> Breaks = SearchValues.Create(" \n.,。、");

    public static TextEncoding? Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumBytes || bytes.Length % 2 != 0 || !TextProbe.HasControls(bytes[..Math.Min(bytes.Length, 2 * SampledCharacters)]))
        {
            return null;
        }

        // ASCII's other byte is 0: the order is the one in which it comes more often.
        int even = 0, odd = 0;
        for (var i = 0; i + 1 < bytes.Length && i < 2 * SampledCharacters; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }

        var encoding = odd >= even
            ? new TextEncoding(TextEncodings.Utf16LittleEndian, "UTF-16 (little-endian)", IsAssumed: true)
            : new TextEncoding(TextEncodings.Utf16BigEndian, "UTF-16 (big-endian)", IsAssumed: true);
        return LooksLikeText(bytes, encoding.Encoding) ? encoding : null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        string text;
        try
        {
            text = encoding.GetString(bytes);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            return false;
        }

        if (TextProbe.HasControls(text) || Plausibility.HasForbidden(text))
        {
            return false;
        }

        var sample = text.AsSpan(0, Math.Min(text.Length, SampledCharacters));
        Span<int> blocks = stackalloc int[256];
        int ascii = 0, eastAsian = 0;
        foreach (var c in sample)
        {
            ascii += char.IsAscii(c) ? 1 : 0;
            eastAsian += Plausibility.IsEastAsian(c) ? 1 : 0;
            blocks[c >> 8] += char.IsAscii(c) ? 0 : 1;
        }

        var alphabet = 0;
        for (var i = 0; i < 0x20; i++)
        {
            alphabet = Math.Max(alphabet, blocks[i]);
        }

        // White space or punctuation of ASCII's must be there, or a mark between East Asian sentences.
        var hasBreaks = sample.ContainsAny(Breaks);
        return hasBreaks && ascii + Math.Max(alphabet, eastAsian) >= Share * sample.Length;
    }
}
