using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// How pictures become tensors: what a Hugging Face <c>preprocessor_config.json</c> says, with the defaults of its kind filled in. The
/// order is fixed: RGB, resize, crop, rescale, normalise, planes.
/// </summary>
public sealed record ImageProcessorConfig
{
    /// <summary>The class that the configuration is of, such as <c>CLIPImageProcessor</c>; null where it names none.</summary>
    public string? Type { get; init; }

    /// <summary>To what size pictures are resized; null: not at all.</summary>
    public ImageResize? Resize { get; init; }

    /// <summary>The kernel.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bicubic;

    /// <summary>The part in the middle that is kept, in pixels, padded with zeros where the picture is smaller; null: all of it.</summary>
    public (int Width, int Height)? Crop { get; init; }

    /// <summary>What levels of 0 to 255 are multiplied by; null: they stay as they are.</summary>
    public double? RescaleFactor { get; init; } = 1 / 255.0;

    /// <summary>What is subtracted from red, green and blue after the scaling; null: nothing is, and nothing is divided.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>What red, green and blue are divided by; null where <see cref="Mean"/> is.</summary>
    public IReadOnlyList<float>? Deviation { get; init; }

    /// <summary>
    /// Reads a <c>preprocessor_config.json</c>, or a <c>processor_config.json</c> that holds one under <c>image_processor</c>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PipelineException">
    /// It is absent, malformed, of a kind that is not understood, or has a member that changes pixels and is not understood; the message
    /// names the member.
    /// </exception>
    public static ImageProcessorConfig Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(File.ReadAllBytes(path), Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The image processor's configuration '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>As <see cref="Load"/>, from memory.</summary>
    /// <param name="json">The file's content, in UTF-8.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="PipelineException">As <see cref="Load"/>.</exception>
    public static ImageProcessorConfig Parse(ReadOnlyMemory<byte> json, string name) => new ImageProcessorConfigReader(name).Read(json);

    /// <summary>Where a picture comes to lie in the tensor.</summary>
    /// <param name="width">The upright picture's width in pixels.</param>
    /// <param name="height">The upright picture's height in pixels.</param>
    public ImageGeometry GeometryOf(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var (resizedWidth, resizedHeight) = Resize?.SizeOf(width, height) ?? (width, height);
        return Crop is { } crop
            ? new(resizedWidth, resizedHeight, ImageSpan.Centre(resizedWidth, crop.Width), ImageSpan.Centre(resizedHeight, crop.Height))
            : new(resizedWidth, resizedHeight, ImageSpan.Whole(resizedWidth), ImageSpan.Whole(resizedHeight));
    }

    /// <summary>
    /// The value of every level of a channel: scaled in double precision, cut to single, standardised in single, as transformers'
    /// <c>rescale</c> and <c>normalize</c> do it.
    /// </summary>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    /// <returns>[256].</returns>
    public float[] ValuesOf(int channel)
    {
        var values = new float[256];
        for (var level = 0; level < values.Length; level++)
        {
            var scaled = RescaleFactor is { } factor ? (float)(level * factor) : level;
            values[level] = Mean is not null && Deviation is not null ? (scaled - Mean[channel]) / Deviation[channel] : scaled;
        }

        return values;
    }
}
