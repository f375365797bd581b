using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Turns a picture of one glyph into <c>pixel_values</c> float32 [1, size, size]. Safe for concurrent use.</summary>
public sealed class GlyphPreprocessor : IPreprocessor
{
    /// <summary>The name of the tensor.</summary>
    public const string PixelValues = "pixel_values";

    private readonly GlyphSettings _settings;
    private readonly ImageReader _reader;
    private readonly float[] _values;

    /// <summary>Preprocesses with these settings.</summary>
    /// <exception cref="PipelineException">A setting is out of range.</exception>
    public GlyphPreprocessor(GlyphSettings settings, IImageDecoder decoder, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(limits);
        SettingsGuard.InRange(GlyphSettings.Kind, "size", settings.Size, 1, 1024);
        SettingsGuard.InRange(GlyphSettings.Kind, "box", settings.Box, 1, settings.Size);
        SettingsGuard.InRange(GlyphSettings.Kind, "maximumSide", settings.MaximumSide, 1, 16_384);
        SettingsGuard.InRange(GlyphSettings.Kind, "mean", settings.Mean, -1000, 1000);
        SettingsGuard.InRange(GlyphSettings.Kind, "standardDeviation", settings.StandardDeviation, 1e-6, 1000);
        _settings = settings;
        _reader = new ImageReader(decoder, limits);
        _values = [.. Enumerable.Range(0, 256).Select(level => (float)(((level / 255.0) - settings.Mean) / settings.StandardDeviation))];
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Image;

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        var picture = _reader.Read(content, mediaType, out var facts);
        return Preprocess(picture, content.Name, facts);
    }

    /// <summary>Preprocesses a picture that is in memory.</summary>
    /// <param name="picture">Upright pixels.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="facts">What is known already; width and height are set.</param>
    /// <exception cref="InputException"><see cref="InputErrorCodes.NoContent"/>: the picture is blank.</exception>
    public Features Preprocess(PixelBuffer picture, string name, InputFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var levels = ExtractLevels(picture, name);
        var values = new float[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            values[i] = _values[levels[i]];
        }

        return new Features(
            Modality.Image,
            new Dictionary<string, HostTensor> { [PixelValues] = HostTensor.Create<float>(values, 1, _settings.Size, _settings.Size) },
            facts with { Width = picture.Width, Height = picture.Height });
    }

    /// <summary>The glyph before its levels are standardised: 0 (background) to 255 (strongest ink), [size, size].</summary>
    internal byte[] ExtractLevels(PixelBuffer picture, string name)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return GlyphExtractor.Extract(Luma.From(picture), _settings) ?? throw new InputException(
            InputErrorCodes.NoContent,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' is blank: nothing differs from its background by {GlyphExtractor.MinimumInk} of 255 levels or more."),
            "Send a picture with more contrast.");
    }
}
