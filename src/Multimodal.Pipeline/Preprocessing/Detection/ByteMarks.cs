namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Small questions about the first bytes of a file.</summary>
internal static class ByteMarks
{
    /// <summary>Whether the bytes hold a mark at an offset.</summary>
    public static bool HasAt(this ReadOnlySpan<byte> bytes, int offset, ReadOnlySpan<byte> mark) =>
        bytes.Length - offset >= mark.Length && bytes.Slice(offset, mark.Length).SequenceEqual(mark);

    /// <summary>
    /// Whether a control character other than white space stands within the first 64 bytes. A signature of printable characters
    /// alone ("GIF89a is an image format …") may as well begin a text; the headers that follow real ones are never printable.
    /// </summary>
    public static bool LookBinary(this ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes[..Math.Min(bytes.Length, 64)])
        {
            if (b is < 0x09 or (> 0x0D and < 0x20) or 0x7F)
            {
                return true;
            }
        }

        return false;
    }
}
