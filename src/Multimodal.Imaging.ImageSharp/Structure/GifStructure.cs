namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Walks the blocks of a GIF (GIF89a, sections 17 to 27).</summary>
internal static class GifStructure
{
    private const int HeaderLength = 13, DescriptorLength = 10;
    private const byte Image = 0x2C, Extension = 0x21, Trailer = 0x3B;

    /// <summary>Whether the blocks reach to the trailer, and an image is among them.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        var images = 0;
        var at = HeaderLength + PaletteLength(bytes[10]);
        while (at < bytes.Length)
        {
            switch (bytes[at])
            {
                case Trailer:
                    return images > 0;
                case Extension:
                    at = SkipSubBlocks(bytes, at + 2);
                    break;
                case Image when at + DescriptorLength < bytes.Length:
                    images++;
                    at = SkipSubBlocks(bytes, at + DescriptorLength + PaletteLength(bytes[at + 9]) + 1);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static int PaletteLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int SkipSubBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] != 0)
        {
            at += bytes[at] + 1;
        }

        return at + 1;
    }
}
