using System.Buffers;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>Tells whether bytes are text: well-formed in their encoding, and free of control characters.</summary>
internal static class TextProbe
{
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(c => (byte)c).Where(c => IsControl((char)c))]);
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(c => (char)c).Where(IsControl)]);

    /// <summary>Whether the bytes are text.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (TextEncodings.FindByMark(bytes) is { } marked)
        {
            return marked.Encoding == TextEncodings.Utf8 ? IsUtf8Text(bytes[marked.Start..]) : IsText(bytes[marked.Start..], marked.Encoding);
        }

        return IsUtf8Text(bytes) || UnmarkedUtf16.Find(bytes) is not null || LegacyEncodings.Find(bytes) is not null;
    }

    /// <summary>Whether a byte below 0x80 is a control character that texts do not hold.</summary>
    public static bool HasControls(ReadOnlySpan<byte> bytes) => bytes.ContainsAny(ControlBytes);

    /// <summary>Whether a character is a control character that texts do not hold.</summary>
    public static bool HasControls(ReadOnlySpan<char> text) => text.ContainsAny(ControlCharacters);

    private static bool IsUtf8Text(ReadOnlySpan<byte> bytes) => !HasControls(bytes) && TextEncodings.Utf8IsValid(bytes);

    private static bool IsText(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return !HasControls(encoding.GetString(bytes));
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsControl(char c) => c is < '\t' or (> '\r' and < ' ') or '\u007F';
}
