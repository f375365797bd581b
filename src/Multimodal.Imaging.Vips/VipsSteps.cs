using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>A file and the images that are made of it, one of the other: native memory, freed from the last to the first.</summary>
internal sealed class VipsSteps(ReadOnlyMemory<byte> bytes) : IDisposable
{
    private readonly List<Image> _images = new(4);

    /// <summary>The file.</summary>
    public Source Source { get; } = VipsSource.Of(bytes);

    /// <summary>Takes an image over.</summary>
    public Image Add(Image image)
    {
        _images.Add(image);
        return image;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = _images.Count - 1; i >= 0; i--)
        {
            _images[i].Dispose();
        }

        Source.Dispose();
    }
}
