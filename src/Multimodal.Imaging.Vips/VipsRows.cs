using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>
/// The rows of an image of libvips, computed in the calling thread as they are asked for. They lie in native memory, a strip at a time.
/// </summary>
internal sealed class VipsRows : PixelRows
{
    private readonly InputContent _content;
    private readonly string _mediaType;
    private readonly VipsSteps _steps;
    private readonly Region _region;
    private nint _strip;

    private VipsRows(InputContent content, string mediaType, ImageHeader header, VipsSteps steps, Image image, int reduction)
        : base(header, image.Width, image.Height, image.Bands, reduction)
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
            var reduction = mediaType == MediaTypes.Jpeg ? decoding.ReductionOf(header.Width, header.Height) : 1;
            if (reduction > 1)
            {
                image = steps.Add(VipsLoader.Open(steps.Source, mediaType, reduction));
            }

            image = decoding.ConvertProfiles ? VipsColour.ToSrgb(image, steps) : VipsColour.ToStoredLevels(image, steps);
            return new VipsRows(content, mediaType, header, steps, image, reduction);
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

    private void Free()
    {
        if (_strip != 0)
        {
            NetVips.NetVips.Free(_strip);
            _strip = 0;
        }
    }
}
