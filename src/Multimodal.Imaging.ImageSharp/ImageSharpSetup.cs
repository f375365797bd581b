using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;

namespace Multimodal.Imaging.ImageSharp;

/// <summary>
/// A configuration of our own: the formats that content detection lets through and no others, and memory that is bounded. The library's
/// default is the process's and knows more formats.
/// </summary>
internal static class ImageSharpSetup
{
    // The callers' limit of pixels is what normally refuses; this holds where a file announces one size and asks for another.
    private const int AllocationLimitMegabytes = 1024;

    // What is kept for the next image. Functions instances are small, and a pool only grows.
    private const int PoolMegabytes = 64;

    private static readonly Configuration Configuration = new(
        new BmpConfigurationModule(),
        new GifConfigurationModule(),
        new JpegConfigurationModule(),
        new PngConfigurationModule(),
        new TiffConfigurationModule(),
        new WebpConfigurationModule())
    {
        // Many inputs are decoded side by side, which occupies the processors better than many threads for one image.
        MaxDegreeOfParallelism = 1,
        MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
        {
            AllocationLimitMegabytes = AllocationLimitMegabytes,
            MaximumPoolSizeMegabytes = PoolMegabytes,
        }),
    };

    /// <summary>For headers: every frame is counted.</summary>
    public static DecoderOptions Header { get; } = new() { Configuration = Configuration };

    /// <summary>For pixels: the first frame alone.</summary>
    public static DecoderOptions Pixels { get; } = new() { Configuration = Configuration, MaxFrames = 1 };
}
