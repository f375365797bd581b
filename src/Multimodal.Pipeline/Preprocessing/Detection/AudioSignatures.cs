namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>The signatures of the recordings that are read, WAV excepted.</summary>
internal static class AudioSignatures
{
    private const int TagHeader = 10;

    /// <summary>The media type, or null where the bytes are of no such format, or hold pictures that move.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.HasAt(0, "ID3"u8) && bytes.LookBinary())
        {
            // A tag may stand before other formats than MP3, too.
            return FindFrames(bytes[Math.Min(LengthOfTags(bytes), bytes.Length)..]) ?? MediaTypes.Mp3;
        }

        if (bytes.HasAt(0, "OggS"u8) && bytes.LookBinary())
        {
            return OggProbe.Find(bytes) == OggContent.Sound ? MediaTypes.Ogg : null;
        }

        if (IsoMediaBrands.IsIsoMedia(bytes))
        {
            return IsSoundOnly(bytes) ? MediaTypes.Mp4 : null;
        }

        return EbmlProbe.Find(bytes) is { Sound: true, Pictures: false } matroska
            ? matroska.IsWebM ? MediaTypes.WebM : MediaTypes.Matroska
            : FindFrames(bytes);
    }

    private static string? FindFrames(ReadOnlySpan<byte> bytes) =>
        bytes.HasAt(0, "fLaC"u8) && bytes.LookBinary() ? MediaTypes.Flac :
        IsMp3Frame(bytes) ? MediaTypes.Mp3 :
        IsAacFrame(bytes) ? MediaTypes.Aac : null;

    // Audio books carry pictures of their chapters as a track; a brand for sound tells them from video.
    private static bool IsSoundOnly(ReadOnlySpan<byte> bytes)
    {
        var forSound = IsoMediaBrands.Has(bytes, "M4A "u8) || IsoMediaBrands.Has(bytes, "M4B "u8);
        return IsoMediaTracks.Find(bytes) is { } tracks ? tracks.Sound && (forSound || !tracks.Pictures) : forSound;
    }

    // ID3v2.4, 3.1: the size has seven bits in each byte, and counts neither the header nor the footer that flag 0x10 announces.
    private static int LengthOfTags(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (bytes.Length - at >= TagHeader && bytes.HasAt(at, "ID3"u8))
        {
            var header = bytes.Slice(at, TagHeader);
            var size = ((header[6] & 0x7F) << 21) | ((header[7] & 0x7F) << 14) | ((header[8] & 0x7F) << 7) | (header[9] & 0x7F);
            at += Math.Min(bytes.Length - at, TagHeader + size + ((header[5] & 0x10) != 0 ? TagHeader : 0));
        }

        return at;
    }

    // ISO/IEC 11172-3, 2.4.1.3: eleven bits of synchronisation, a version and a layer that are not the reserved ones.
    // FF FE and FF FF are left to text: the first is the byte order mark of UTF-16.
    private static bool IsMp3Frame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0 && (bytes[1] & 0x18) != 0x08 && (bytes[1] & 0x06) == 0x02 &&
        (bytes[2] & 0xF0) != 0xF0 && (bytes[2] & 0x0C) != 0x0C;

    // ISO/IEC 14496-3, 1.A.2.2: twelve bits of synchronisation, layer 0, a sampling frequency that has a number.
    private static bool IsAacFrame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] == 0xFF && (bytes[1] & 0xF6) == 0xF0 && ((bytes[2] >> 2) & 0x0F) < 13;
}
