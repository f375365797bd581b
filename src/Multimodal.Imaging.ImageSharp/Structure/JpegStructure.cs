using System.Buffers.Binary;

namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Walks the markers of a JPEG (ITU-T T.81, annex B).</summary>
internal static class JpegStructure
{
    private const byte Prefix = 0xFF, Temporary = 0x01, RestartFirst = 0xD0, RestartLast = 0xD7, Start = 0xD8, End = 0xD9, Scan = 0xDA;

    /// <summary>Whether the end marker comes where one may stand; thumbnails within segments have their own.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (NextMarker(bytes, ref at) is { } marker)
        {
            switch (marker)
            {
                case End:
                    return true;
                case Start or Temporary or (>= RestartFirst and <= RestartLast):
                    continue;
            }

            if (bytes.Length - at < 2)
            {
                return false;
            }

            at += BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (at > bytes.Length)
            {
                return false;
            }

            if (marker == Scan)
            {
                SkipScan(bytes, ref at);
            }
        }

        return false;
    }

    private static byte? NextMarker(ReadOnlySpan<byte> bytes, ref int at)
    {
        var prefix = bytes[at..].IndexOf(Prefix);
        if (prefix < 0)
        {
            return null;
        }

        // A prefix may be repeated as padding.
        for (at += prefix; at < bytes.Length; at++)
        {
            if (bytes[at] != Prefix)
            {
                return bytes[at++];
            }
        }

        return null;
    }

    // Within coded data a prefix is followed by 0, or by a restart marker.
    private static void SkipScan(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (bytes[at..].IndexOf(Prefix) is >= 0 and var next)
        {
            at += next;
            if (at + 1 >= bytes.Length || bytes[at + 1] is not (0 or (>= RestartFirst and <= RestartLast)))
            {
                return;
            }

            at += 2;
        }

        at = bytes.Length;
    }
}
