using System.Buffers;
using System.Runtime.InteropServices;
using Multimodal.Pipeline.Preprocessing.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace Multimodal.Imaging.ImageSharp;

/// <summary>The rows of an image that the library has decoded; its memory is pooled by the library.</summary>
internal sealed class FrameRows<TPixel>(ImageHeader header, Image<TPixel> image, int channels)
    : PixelRows(header, image.Width, image.Height, channels)
    where TPixel : unmanaged, IPixel<TPixel>
{
    private byte[] _strip = [];

    public override ReadOnlySpan<byte> Read(int top, int count)
    {
        var length = Width * Channels;
        if (_strip.Length < count * length)
        {
            ArrayPool<byte>.Shared.Return(_strip);
            _strip = ArrayPool<byte>.Shared.Rent(count * length);
        }

        // Rows need not lie side by side in the library's memory.
        for (var y = 0; y < count; y++)
        {
            MemoryMarshal.AsBytes(image.DangerousGetPixelRowMemory(top + y).Span).CopyTo(_strip.AsSpan(y * length, length));
        }

        return _strip.AsSpan(0, count * length);
    }

    protected override void Dispose(bool disposing)
    {
        ArrayPool<byte>.Shared.Return(_strip);
        _strip = [];
        if (disposing)
        {
            image.Dispose();
        }
    }
}
