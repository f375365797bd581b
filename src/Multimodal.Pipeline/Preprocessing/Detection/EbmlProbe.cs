namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Finds out what tracks a Matroska or WebM file holds (RFC 8794, RFC 9559).</summary>
internal static class EbmlProbe
{
    private const uint Header = 0x1A45DFA3;
    private const uint DocType = 0x4282;
    private const uint Segment = 0x18538067;
    private const uint Cluster = 0x1F43B675;
    private const uint Tracks = 0x1654AE6B;
    private const uint TrackEntry = 0xAE;
    private const uint TrackType = 0x83;

    /// <summary>The tracks; null where it is no such file, or names none before its content begins.</summary>
    public static MediaTracks? Find(ReadOnlySpan<byte> bytes)
    {
        if (!Next(ref bytes, out var id, out var header) || id != Header || !Next(ref bytes, out id, out var segment) || id != Segment)
        {
            return null;
        }

        while (Next(ref segment, out id, out var part) && id != Cluster)
        {
            if (id == Tracks)
            {
                return FindIn(part, IsWebM(header));
            }
        }

        return null;
    }

    private static MediaTracks FindIn(ReadOnlySpan<byte> tracks, bool isWebM)
    {
        bool sound = false, pictures = false;
        while (Next(ref tracks, out var id, out var track))
        {
            while (id == TrackEntry && Next(ref track, out var member, out var value))
            {
                sound |= member == TrackType && value is [.., 2];
                pictures |= member == TrackType && value is [.., 1];
            }
        }

        return new MediaTracks(sound, pictures, isWebM);
    }

    private static bool IsWebM(ReadOnlySpan<byte> header)
    {
        while (Next(ref header, out var id, out var value))
        {
            if (id == DocType)
            {
                return value.HasAt(0, "webm"u8);
            }
        }

        return false;
    }

    // An element's number and its size, both with as many leading zero bits as further bytes. A size of ones alone is not known:
    // then the element reaches to the end.
    private static bool Next(ref ReadOnlySpan<byte> bytes, out uint id, out ReadOnlySpan<byte> content)
    {
        id = 0;
        content = default;
        if (bytes.IsEmpty || bytes[0] < 0x10)
        {
            return false;
        }

        var idLength = byte.LeadingZeroCount(bytes[0]) + 1;
        if (bytes.Length <= idLength || bytes[idLength] == 0)
        {
            return false;
        }

        foreach (var part in bytes[..idLength])
        {
            id = (id << 8) | part;
        }

        var sizeLength = byte.LeadingZeroCount(bytes[idLength]) + 1;
        if (bytes.Length < idLength + sizeLength)
        {
            return false;
        }

        var size = bytes[idLength] & ((1L << (8 - sizeLength)) - 1);
        foreach (var part in bytes.Slice(idLength + 1, sizeLength - 1))
        {
            size = (size << 8) | part;
        }

        var rest = bytes[(idLength + sizeLength)..];
        var known = size != (1L << (7 * sizeLength)) - 1;
        content = rest[..(int)(known ? Math.Min(size, rest.Length) : rest.Length)];
        bytes = rest[content.Length..];
        return true;
    }
}
