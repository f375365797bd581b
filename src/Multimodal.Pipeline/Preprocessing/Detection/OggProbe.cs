namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Looks at the first page of each of an Ogg file's streams (RFC 3533), which names its codec.</summary>
internal static class OggProbe
{
    private const int HeaderLength = 27;
    private const byte BeginOfStream = 0x02;
    private const int MostStreams = 32;

    public static OggContent Find(ReadOnlySpan<byte> bytes)
    {
        var content = OggContent.Unknown;
        for (var stream = 0; stream < MostStreams && bytes.Length >= HeaderLength && bytes.HasAt(0, "OggS"u8); stream++)
        {
            if ((bytes[5] & BeginOfStream) == 0)
            {
                break;
            }

            int segments = bytes[26];
            var table = bytes[HeaderLength..Math.Min(HeaderLength + segments, bytes.Length)];
            var length = 0;
            foreach (var segment in table)
            {
                length += segment;
            }

            var body = bytes[(HeaderLength + table.Length)..];
            var packet = body[..Math.Min(length, body.Length)];
            if (packet.HasAt(0, [0x80, .. "theora"u8]) || packet.HasAt(0, "BBCD"u8) || packet.HasAt(0, [0x01, .. "video"u8]))
            {
                return OggContent.Video;
            }

            if (packet.HasAt(0, "OpusHead"u8) || packet.HasAt(0, [0x01, .. "vorbis"u8]) || packet.HasAt(0, [0x7F, .. "FLAC"u8]) ||
                packet.HasAt(0, "Speex   "u8))
            {
                content = OggContent.Sound;
            }

            bytes = body[packet.Length..];
        }

        return content;
    }
}
