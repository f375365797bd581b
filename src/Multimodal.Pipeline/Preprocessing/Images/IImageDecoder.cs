using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// The port to an image library. It only decodes: orientation, resampling and normalisation are shared code,
/// so that two libraries give the same features. Safe for concurrent use.
/// </summary>
public interface IImageDecoder
{
    /// <summary>Reads the header alone, so that limits hold before pixels are allocated.</summary>
    /// <exception cref="InputException">The header is corrupt or the format is not supported.</exception>
    ImageHeader ReadHeader(InputContent content);

    /// <summary>Opens the first frame, whose rows are decoded as they are asked for.</summary>
    /// <param name="content">The file; it must not change until the rows are disposed of.</param>
    /// <param name="decide">
    /// Called with the header, before anything is allocated for pixels: says how they are decoded, or refuses the picture by an
    /// exception, which is passed on.
    /// </param>
    /// <exception cref="InputException">The content is corrupt or the format is not supported.</exception>
    PixelRows Open(InputContent content, Func<ImageHeader, ImageDecoding> decide);
}
