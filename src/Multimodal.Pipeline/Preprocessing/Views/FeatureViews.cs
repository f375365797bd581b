using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>Turns features back into what a person can look at.</summary>
public static class FeatureViews
{
    /// <summary>Views features.</summary>
    /// <param name="features">What the encoder gets.</param>
    /// <param name="settings">How it was made.</param>
    /// <param name="folder">The pipeline that they are of.</param>
    public static FeatureView Of(Features features, PreprocessingSettings settings, ModelFolder folder)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        return settings switch
        {
            GlyphSettings glyph => new FeatureView { Picture = PictureOf(features.Tensors[GlyphPreprocessor.PixelValues], glyph) },
            ImageSettings image => new FeatureView
            {
                Picture = PictureOf(
                    features.Tensors[ImagePreprocessor.PixelValues], ImageProcessorConfig.Load(folder.PathOf(image.Config))),
            },
            LogMelSettings logMel => new FeatureView { Spectrogram = SpectrogramViews.Of(features.Tensors[LogMelPreprocessor.InputFeatures], logMel) },
            AudioSettings audio => new FeatureView
            {
                Spectrogram = SpectrogramViews.Of(features, FeatureExtractorConfig.Load(folder.PathOf(audio.Config))),
            },
            CharacterSettings characters => new FeatureView
            {
                Tokens = TokensOf(
                    features.Shown ?? features.Tensors[CharacterPreprocessor.InputIds],
                    CharacterVocabulary.Load(folder.PathOf(characters.Vocabulary)).FindText),
            },
            TokenSettings tokens => new FeatureView
            {
                Tokens = TokensOf(features.Shown ?? features.Tensors[TokenPreprocessor.InputIds], TokenPreprocessor.LoadTokenizer(tokens, folder).FindToken),
            },
            _ => new FeatureView(),
        };
    }

    private static PictureView PictureOf(HostTensor pixels, GlyphSettings settings)
    {
        var (channels, height, width) = (pixels.Shape[0], pixels.Shape[1], pixels.Shape[2]);
        var values = pixels.AsSpan<float>();
        var bytes = new byte[values.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            // From planes to channels side by side; the standardisation is undone.
            var value = values[(i % channels * width * height) + (i / channels)];
            bytes[i] = ToByte((value * settings.StandardDeviation) + settings.Mean);
        }

        return new PictureView(width, height, channels, bytes);
    }

    private static PictureView PictureOf(HostTensor pixels, ImageProcessorConfig config)
    {
        var (height, width) = (pixels.Shape[1], pixels.Shape[2]);
        var plane = height * width;
        var values = pixels.AsSpan<float>();
        var bytes = new byte[values.Length];
        for (var c = 0; c < 3; c++)
        {
            // The values of the levels rise, so the level whose value a pixel has is found where it would be put in order.
            var levels = config.ValuesOf(c);
            for (var i = 0; i < plane; i++)
            {
                var level = Array.BinarySearch(levels, values[(c * plane) + i]);
                bytes[(i * 3) + c] = (byte)Math.Clamp(level < 0 ? ~level : level, 0, 255);
            }
        }

        return new PictureView(width, height, 3, bytes);
    }

    private static TokenView[] TokensOf(HostTensor ids, Func<long, string?> find)
    {
        var tokens = new TokenView[ids.ElementCount];
        for (var i = 0; i < tokens.Length; i++)
        {
            var id = ids.AsSpan<long>()[i];
            tokens[i] = new TokenView(id, find(id));
        }

        return tokens;
    }

    private static byte ToByte(double value) => (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
}
