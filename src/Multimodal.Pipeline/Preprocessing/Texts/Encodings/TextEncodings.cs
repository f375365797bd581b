using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>The encodings that texts are read in. Each throws at malformed input: a replacement character would hide damage.</summary>
internal static class TextEncodings
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly Encoding Utf16LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);

    public static readonly Encoding Utf16BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    private static readonly Encoding Utf32LittleEndian = new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);

    private static readonly Encoding Utf32BigEndian = new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);

    // UTF-32's little-endian mark begins as UTF-16's does.
    private static readonly (byte[] Mark, TextEncoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new(Utf8, "UTF-8", 3)),
        ([0xFF, 0xFE, 0, 0], new(Utf32LittleEndian, "UTF-32", 4)),
        ([0, 0, 0xFE, 0xFF], new(Utf32BigEndian, "UTF-32", 4)),
        ([0xFF, 0xFE], new(Utf16LittleEndian, "UTF-16", 2)),
        ([0xFE, 0xFF], new(Utf16BigEndian, "UTF-16", 2)),
    ];

    private static readonly TextEncoding PlainUtf8 = new(Utf8, "UTF-8");

    /// <summary>The encoding that a byte order mark names, or null.</summary>
    public static TextEncoding? FindByMark(ReadOnlySpan<byte> bytes)
    {
        foreach (var (mark, encoding) in Marks)
        {
            if (bytes.StartsWith(mark))
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>By the mark, else UTF-16 and UTF-8 by their look, else a legacy encoding with enough that speaks for it; else UTF-8.</summary>
    public static TextEncoding Find(ReadOnlySpan<byte> bytes) =>
        FindByMark(bytes) ?? UnmarkedUtf16.Find(bytes) ?? (Utf8IsValid(bytes) ? null : LegacyEncodings.Find(bytes)) ?? PlainUtf8;

    /// <summary>Whether the bytes are UTF-8.</summary>
    public static bool Utf8IsValid(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);
}
