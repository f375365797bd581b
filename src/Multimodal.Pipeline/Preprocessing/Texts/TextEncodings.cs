using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>The encodings that texts are read in. Each throws at malformed input: a replacement character would hide damage.</summary>
internal static class TextEncodings
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly Encoding Utf16LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);

    public static readonly Encoding Utf16BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>Chooses by the byte order mark; UTF-8 where there is none.</summary>
    /// <param name="bytes">The whole text.</param>
    /// <param name="start">The number of bytes that the mark takes.</param>
    public static Encoding Find(ReadOnlySpan<byte> bytes, out int start)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            start = 3;
            return Utf8;
        }

        start = 2;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Utf16LittleEndian;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Utf16BigEndian;
        }

        start = 0;
        return Utf8;
    }
}
