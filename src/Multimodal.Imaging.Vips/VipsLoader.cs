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
    /// <exception cref="VipsException">The header does not decode.</exception>
    public static Image Open(Source source, string mediaType) => mediaType switch
    {
        MediaTypes.Jpeg => Image.JpegloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Png => Image.PngloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.WebP => Image.WebploadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Gif => Image.GifloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Tiff => Image.TiffloadSource(source, access: Access, failOn: Strictness),
        MediaTypes.Avif => Image.HeifloadSource(source, access: Access, failOn: Strictness),
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "libvips is not used for this media type."),
    };

    /// <summary>A JPEG, of whose blocks of 8×8 pixels only the coarser part is computed.</summary>
    /// <param name="source">The file; it must outlive the image.</param>
    /// <param name="divisor">2, 4 or 8.</param>
    /// <exception cref="VipsException">The header does not decode.</exception>
    public static Image OpenReducedJpeg(Source source, int divisor) =>
        Image.JpegloadSource(source, shrink: divisor, access: Access, failOn: Strictness);

    /// <summary>A WebP, averaged before its colours are converted.</summary>
    /// <param name="source">The file; it must outlive the image.</param>
    /// <param name="share">What is left of each side, below 1.</param>
    /// <exception cref="VipsException">The header does not decode.</exception>
    public static Image OpenReducedWebP(Source source, double share) =>
        Image.WebploadSource(source, scale: share, access: Access, failOn: Strictness);
}
