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
    /// <param name="source">The file; it must outlive the image.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="reduction">1, or for JPEG 2, 4 or 8: how many stored pixels a side make one.</param>
    /// <exception cref="VipsException">The header does not decode.</exception>
    public static Image Open(Source source, string mediaType, int reduction = 1) => mediaType switch
    {
        MediaTypes.Jpeg => Image.JpegloadSource(source, shrink: reduction, access: Access, failOn: Strictness),
        MediaTypes.Png => Image.PngloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.WebP => Image.WebploadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Gif => Image.GifloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Tiff => Image.TiffloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Avif => Image.HeifloadSource(source, access: Access, failOn: Strictness),
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "libvips is not used for this media type."),
    };
}
