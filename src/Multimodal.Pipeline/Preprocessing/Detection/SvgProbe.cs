namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Tells SVG, which is text, from text that is meant to be read.</summary>
internal static class SvgProbe
{
    private const int Reach = 4096;

    /// <summary>Whether the text begins with the element <c>svg</c>, or with a prologue that leads to one.</summary>
    public static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.HasAt(0, [0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        var start = bytes[..Math.Min(bytes.Length, Reach)].TrimStart(" \t\r\n"u8);
        return start.HasAt(0, "<svg"u8) || start.HasAt(0, "<!DOCTYPE svg"u8) ||
            ((start.HasAt(0, "<?xml"u8) || start.HasAt(0, "<!--"u8)) && start.IndexOf("<svg"u8) > 0);
    }
}
