using System.Runtime.InteropServices;
using Multimodal.Pipeline.Preprocessing;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>
/// Opens an encoded image with the loader of its media type. libvips's own choice of a loader is not used: it would pick differently
/// for some files (a JPEG with a gain map) and by what happens to be compiled in.
/// </summary>
internal static class VipsLoader
{
    // Strict: a picture of which half is grey is not what its sender uploaded. "Error" includes "truncated".
    private const Enums.FailOn Strictness = Enums.FailOn.Error;

    // Rows come in order, so a large picture passes through a window of memory instead of a temporary file.
    private const Enums.Access Access = Enums.Access.Sequential;

    /// <summary>Reads the header; the pixels follow when they are asked for.</summary>
    /// <exception cref="VipsException">The header does not decode.</exception>
    public static Image Open(ReadOnlyMemory<byte> bytes, string mediaType)
    {
        var buffer = WholeArray(bytes);
        return mediaType switch
        {
            MediaTypes.Jpeg => Image.JpegloadBuffer(buffer, access: Access, failOn: Strictness),
            MediaTypes.Png => Image.PngloadBuffer(buffer, access: Access, failOn: Strictness),
            MediaTypes.WebP => Image.WebploadBuffer(buffer, access: Access, failOn: Strictness),
            MediaTypes.Gif => Image.GifloadBuffer(buffer, access: Access, failOn: Strictness),
            MediaTypes.Tiff => Image.TiffloadBuffer(buffer, access: Access, failOn: Strictness),
            MediaTypes.Avif => Image.HeifloadBuffer(buffer, access: Access, failOn: Strictness),
            _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "libvips is not used for this media type."),
        };
    }

    private static byte[] WholeArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();
}
