namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Lays rows of levels out as RGB pixels, at their place in the upright picture.</summary>
/// <param name="target">[height, width, 3]; what the picture does not cover stays.</param>
/// <param name="placement">Where rows and columns lie.</param>
/// <param name="channels">1, which is written three times, or 3.</param>
internal sealed class PixelSink(byte[] target, Placement placement, int channels) : IRowSink
{
    public void Write(int row, ReadOnlySpan<byte> pixels)
    {
        var at = placement.Origin + (row * placement.RowStep);
        for (var x = 0; x < pixels.Length; x += channels, at += placement.ColumnStep)
        {
            var pixel = target.AsSpan(at * 3, 3);
            if (channels == 1)
            {
                pixel.Fill(pixels[x]);
            }
            else
            {
                pixels.Slice(x, 3).CopyTo(pixel);
            }
        }
    }
}
