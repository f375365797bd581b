using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Imaging.Vips.Bitmaps;

/// <summary>What the headers of a Windows bitmap say.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="TopDown">Whether the first stored row is the top one.</param>
/// <param name="Bits">Bits a pixel: 1, 4, 8, 16, 24 or 32.</param>
/// <param name="Masks">Where red, green, blue and alpha lie in a pixel of 16 or 32 bits; alpha is 0 where there is none.</param>
/// <param name="PaletteStart">Offset of the palette.</param>
/// <param name="PaletteEntryBytes">3 or 4.</param>
/// <param name="PaletteEntries">Colours in the palette; 0 where there is none.</param>
/// <param name="PixelStart">Offset of the first stored row.</param>
internal sealed record BitmapHeader(
    int Width,
    int Height,
    bool TopDown,
    int Bits,
    (uint Red, uint Green, uint Blue, uint Alpha) Masks,
    int PaletteStart,
    int PaletteEntryBytes,
    int PaletteEntries,
    int PixelStart)
{
    /// <summary>What every image announces.</summary>
    public ImageHeader ToImageHeader() => new(Width, Height, Frames: 1, Orientation: 1);

    /// <summary>Bytes that a stored row takes: whole groups of 4.</summary>
    public long RowBytes => (((long)Width * Bits) + 31) / 32 * 4;
}
