using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Whether a file is whole, by the structure of its format; pixels are not looked at.</summary>
internal static class FileStructure
{
    /// <summary>What is missing; null where the file is whole.</summary>
    public static string? FindFault(ReadOnlySpan<byte> bytes, string mediaType) => mediaType switch
    {
        MediaTypes.Jpeg => JpegStructure.IsWhole(bytes) ? null : "it ends before its end marker",
        MediaTypes.Png => PngStructure.IsWhole(bytes) ? null : "it ends before its last chunk",
        MediaTypes.Gif => GifStructure.IsWhole(bytes) ? null : "it ends before its trailer",
        MediaTypes.WebP => WebPStructure.IsWhole(bytes) ? null : "it is shorter than its header says",
        MediaTypes.Bmp => BitmapStructure.IsWhole(bytes) ? null : "its pixels are cut off",
        MediaTypes.Tiff => TiffStructure.IsWhole(bytes) ? null : "its pixels are cut off",
        _ => null,
    };
}
