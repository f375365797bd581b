using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>Tells whether bytes are text: valid UTF-8, or UTF-16 with a byte order mark, and free of control characters.</summary>
internal static class TextProbe
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c).Where(c => c is < 0x09 or > 0x0D), 0x7F]);

    /// <summary>Whether the bytes are text.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var encoding = TextEncodings.Find(bytes, out var start);
        var body = bytes[start..];
        return encoding == TextEncodings.Utf8
            ? body.IndexOfAny(Controls) < 0 && Utf8.IsValid(body)
            : IsUtf16Text(body, encoding == TextEncodings.Utf16BigEndian);
    }

    private static bool IsUtf16Text(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        if (bytes.Length % 2 != 0)
        {
            return false;
        }

        var expectLow = false;
        foreach (var unit in MemoryMarshal.Cast<byte, ushort>(bytes))
        {
            var c = (char)(bigEndian == BitConverter.IsLittleEndian ? (ushort)((unit >> 8) | (unit << 8)) : unit);
            if (char.IsLowSurrogate(c) != expectLow || c is < '\t' or (> '\r' and < ' ') or '\u007F')
            {
                return false;
            }

            expectLow = char.IsHighSurrogate(c);
        }

        return !expectLow;
    }
}
