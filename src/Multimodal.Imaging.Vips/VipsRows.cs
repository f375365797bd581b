using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>
/// The rows of an image of libvips, computed in the calling thread as they are asked for. They lie in native memory, a strip at a time.
/// </summary>
internal sealed class VipsRows : PixelRows
{
    // Above it, what is saved is less than what the reduction costs.
    private const double GreatestShare = 0.8;

    private readonly InputContent _content;
    private readonly string _mediaType;
    private readonly VipsSteps _steps;
    private readonly Region _region;
    private nint _strip;

    private VipsRows(InputContent content, string mediaType, ImageHeader header, VipsSteps steps, Image image, (double Width, double Height)? reducedExtent)
        : base(header, image.Width, image.Height, image.Bands, reducedExtent)
    {
        _content = content;
        _mediaType = mediaType;
        _steps = steps;
        _region = Region.New(image);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="VipsException">It does not decode.</exception>
    public static VipsRows Open(InputContent content, string mediaType, Func<ImageHeader, ImageDecoding> decide)
    {
        var steps = new VipsSteps(content.Bytes);
        try
        {
            var image = steps.Add(VipsLoader.Open(steps.Source, mediaType));
            var header = VipsHeader.Of(image);
            var decoding = decide(header);
            (double Width, double Height)? extent = null;
            if (mediaType == MediaTypes.Jpeg && decoding.DivisorOf(header.Width, header.Height) is > 1 and var divisor)
            {
                image = steps.Add(VipsLoader.OpenReducedJpeg(steps.Source, divisor));
                extent = ((double)header.Width / divisor, (double)header.Height / divisor);
            }
            else if (mediaType == MediaTypes.WebP && IsReducible(header) &&
                decoding.ShareOf(header.Width, header.Height) is < GreatestShare and var share)
            {
                image = steps.Add(VipsLoader.OpenReducedWebP(steps.Source, share));
                extent = (image.Width, image.Height);
            }

            image = decoding.ConvertProfiles ? VipsColour.ToSrgb(image, steps) : VipsColour.ToStoredLevels(image, steps);
            return new VipsRows(content, mediaType, header, steps, image, extent);
        }
        catch
        {
            steps.Dispose();
            throw;
        }
    }

    public override unsafe ReadOnlySpan<byte> Read(int top, int count)
    {
        Free();
        _strip = VipsNative.FetchRegion(_region.DangerousGetHandle(), 0, top, Width, count, out var length);
        return _strip != 0 && length == (nuint)count * (nuint)Width * (nuint)Channels
            ? new ReadOnlySpan<byte>((void*)_strip, (int)length)
            : throw VipsFault.Corrupt(_content, _mediaType, new VipsException("its pixels do not decode"));
    }

    protected override void Dispose(bool disposing)
    {
        Free();
        if (disposing)
        {
            // What refers to the image before it.
            _region.Dispose();
            _steps.Dispose();
        }
    }

    // Colour has half the resolution; of odd sides it reaches beyond the picture, and the library, which scales it by itself, would shift it.
    private static bool IsReducible(ImageHeader header) => header.Frames == 1 && header.Width % 2 == 0 && header.Height % 2 == 0;

    private void Free()
    {
        if (_strip != 0)
        {
            NetVips.NetVips.Free(_strip);
            _strip = 0;
        }
    }
}
