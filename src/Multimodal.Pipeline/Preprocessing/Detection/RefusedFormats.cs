namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Kinds of files that are recognised in order to say what they are and what to do instead.</summary>
internal static class RefusedFormats
{
    private const string ConvertImage = "Convert it to JPEG or PNG.";
    private const string ConvertRecording = "Convert it to WAV, FLAC, MP3, Ogg, M4A or WebM.";
    private const string Video = "Video is not read yet: send its pictures as JPEG or PNG and its sound as a recording.";
    private const string Archive = "Unpack it and upload the files it holds, one by one.";
    private const string Document = "Send its text as plain text in UTF-8 and its pictures as JPEG or PNG.";

    /// <summary>The refusal for the bytes, or null where they are of none of these kinds.</summary>
    public static RefusedFormat? Find(ReadOnlySpan<byte> bytes) =>
        FindPicture(bytes) ?? FindRecording(bytes) ?? FindVideo(bytes) ?? FindDocument(bytes) ?? FindArchive(bytes) ?? FindProgram(bytes);

    private static RefusedFormat? FindPicture(ReadOnlySpan<byte> bytes)
    {
        if (IsoMediaBrands.Has(bytes, "heic"u8) || IsoMediaBrands.Has(bytes, "heix"u8) || IsoMediaBrands.Has(bytes, "hevc"u8) ||
            IsoMediaBrands.Has(bytes, "hevx"u8) || IsoMediaBrands.Has(bytes, "heim"u8) || IsoMediaBrands.Has(bytes, "heis"u8) ||
            IsoMediaBrands.Has(bytes, "mif1"u8) || IsoMediaBrands.Has(bytes, "msf1"u8))
        {
            return new("a HEIC image", ConvertImage);
        }

        if (SvgProbe.IsSvg(bytes))
        {
            return new("an SVG drawing", "Render it and send it as PNG.");
        }

        if (bytes.HasAt(0, [0xFF, 0x0A]) || bytes.HasAt(4, "JXL \r\n"u8))
        {
            return new("a JPEG XL image", ConvertImage);
        }

        if (bytes.HasAt(4, "jP  \r\n"u8) || bytes.HasAt(0, [0xFF, 0x4F, 0xFF, 0x51]))
        {
            return new("a JPEG 2000 image", ConvertImage);
        }

        if (bytes.HasAt(0, "8BPS"u8) && bytes.LookBinary())
        {
            return new("a Photoshop document", ConvertImage);
        }

        return bytes.HasAt(0, [0, 0, 1, 0]) || bytes.HasAt(0, [0, 0, 2, 0]) ? new("a Windows icon", ConvertImage) : null;
    }

    private static RefusedFormat? FindRecording(ReadOnlySpan<byte> bytes)
    {
        var kind =
            bytes.HasAt(0, "FORM"u8) && (bytes.HasAt(8, "AIFF"u8) || bytes.HasAt(8, "AIFC"u8)) ? "an AIFF recording" :
            bytes.HasAt(0, "caff"u8) && bytes.LookBinary() ? "a Core Audio recording" :
            bytes.HasAt(0, "#!AMR"u8) ? "an AMR recording" :
            bytes.HasAt(0, ".snd"u8) && bytes.LookBinary() ? "an AU recording" :
            bytes.HasAt(0, "MThd"u8) && bytes.LookBinary() ? "a MIDI file" :
            bytes.HasAt(0, "riff"u8) && bytes.LookBinary() ? "a Wave64 recording" : null;
        return kind is null ? null : new(kind, ConvertRecording);
    }

    private static RefusedFormat? FindVideo(ReadOnlySpan<byte> bytes)
    {
        if (bytes.HasAt(0, [0x1A, 0x45, 0xDF, 0xA3]))
        {
            return EbmlProbe.Find(bytes) is { Pictures: true }
                ? new("a WebM or Matroska video", Video)
                : new("a WebM or Matroska file without a track of sound", ConvertRecording);
        }

        if (bytes.HasAt(0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]))
        {
            return new("a Windows Media file", ConvertRecording);
        }

        if (bytes.HasAt(0, "OggS"u8) && bytes.LookBinary())
        {
            return OggProbe.Find(bytes) == OggContent.Video ? new("an Ogg video", Video) : new("an Ogg file of an unknown kind", ConvertRecording);
        }

        return IsoMediaBrands.IsIsoMedia(bytes) ? new("an MP4 or QuickTime file", Video) :
            bytes.HasAt(0, "RIFF"u8) && bytes.HasAt(8, "AVI "u8) ? new("an AVI video", Video) :
            bytes.HasAt(0, [0, 0, 1, 0xBA]) || bytes.HasAt(0, [0, 0, 1, 0xB3]) ? new("an MPEG video", Video) : null;
    }

    private static RefusedFormat? FindDocument(ReadOnlySpan<byte> bytes) =>
        bytes.HasAt(0, "%PDF-"u8) ? new("a PDF document", Document) :
        bytes.HasAt(0, "%!PS"u8) ? new("a PostScript document", Document) :
        bytes.HasAt(0, @"{\rtf"u8) ? new("an RTF document", Document) :
        bytes.HasAt(0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? new("an old Office document", Document) : null;

    private static RefusedFormat? FindArchive(ReadOnlySpan<byte> bytes) =>
        bytes.HasAt(0, [(byte)'P', (byte)'K', 3, 4]) || bytes.HasAt(0, [(byte)'P', (byte)'K', 5, 6])
            ? new("a ZIP archive (or an Office document, which is one)", Archive) :
        bytes.HasAt(0, [0x1F, 0x8B]) ? new("a gzip archive", Archive) :
        bytes.HasAt(0, "BZh"u8) && bytes.HasAt(4, [0x31, 0x41, 0x59, 0x26]) ? new("a bzip2 archive", Archive) :
        bytes.HasAt(0, [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? new("an xz archive", Archive) :
        bytes.HasAt(0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]) ? new("a 7z archive", Archive) :
        bytes.HasAt(0, [0x28, 0xB5, 0x2F, 0xFD]) ? new("a Zstandard archive", Archive) :
        bytes.HasAt(0, [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7]) ? new("a RAR archive", Archive) :
        bytes.HasAt(257, "ustar"u8) && bytes.Contains((byte)0) ? new("a tar archive", Archive) : null;

    private static RefusedFormat? FindProgram(ReadOnlySpan<byte> bytes) =>
        bytes.HasAt(0, [0x7F, (byte)'E', (byte)'L', (byte)'F']) || (bytes.HasAt(0, "MZ"u8) && bytes.LookBinary())
            ? new("a program", "Send an image, a recording or a text.")
            : null;
}
