namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Finds out what tracks an ISO base media file holds, by the handlers in its <c>moov</c> (ISO/IEC 14496-12, 8.4.3).</summary>
internal static class IsoMediaTracks
{
    /// <summary>The tracks; null where there is no <c>moov</c>, wherever it may lie.</summary>
    public static MediaTracks? Find(ReadOnlySpan<byte> bytes)
    {
        var boxes = new IsoMediaBoxes(bytes);
        while (boxes.MoveNext())
        {
            if (boxes.Is("moov"u8))
            {
                return FindIn(boxes.Body);
            }
        }

        return null;
    }

    private static MediaTracks FindIn(ReadOnlySpan<byte> movie)
    {
        bool sound = false, pictures = false;
        var tracks = new IsoMediaBoxes(movie);
        while (tracks.MoveNext())
        {
            if (!tracks.Is("trak"u8))
            {
                continue;
            }

            var handler = Handler(tracks.Body);
            sound |= handler.SequenceEqual("soun"u8);
            pictures |= handler.SequenceEqual("vide"u8);
        }

        return new MediaTracks(sound, pictures);
    }

    private static ReadOnlySpan<byte> Handler(ReadOnlySpan<byte> track)
    {
        var parts = new IsoMediaBoxes(track);
        while (parts.MoveNext())
        {
            if (!parts.Is("mdia"u8))
            {
                continue;
            }

            var media = new IsoMediaBoxes(parts.Body);
            while (media.MoveNext())
            {
                if (media.Is("hdlr"u8) && media.Body.Length >= 12)
                {
                    return media.Body.Slice(8, 4);
                }
            }
        }

        return default;
    }
}
