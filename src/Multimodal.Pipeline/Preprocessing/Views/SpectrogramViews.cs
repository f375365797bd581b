using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Extractors;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>Draws log-mel features.</summary>
internal static class SpectrogramViews
{
    /// <summary>The most points in time that are drawn; of more, neighbours are averaged.</summary>
    private const int MaximumFrames = 4000;

    /// <summary>Views the features of our own kind, [mels, frames], every frame.</summary>
    public static SpectrogramView Of(HostTensor levels, LogMelSettings settings) =>
        Draw(levels.AsSpan<float>(), levels.Shape[0], levels.Shape[1], settings.MinimumFrequency, settings.MaximumFrequency);

    /// <summary>Views what an extractor made, window after window; null where it is no spectrogram.</summary>
    public static SpectrogramView? Of(Features features, FeatureExtractorConfig config)
    {
        if (config.Extractor.Layout is not { } layout)
        {
            return null;
        }

        var tensor = features.Tensors[config.TensorName];
        var (rows, columns) = (tensor.Shape[^2], tensor.Shape[^1]);
        var (bands, framesEach) = layout.BandsFirst ? (rows, columns) : (columns, rows);
        var frames = (int)(tensor.ElementCount / bands);
        var drawn = Math.Min(frames, MaximumFrames);
        var values = tensor.AsSpan<float>();
        var levels = new float[bands * drawn];
        for (var column = 0; column < drawn; column++)
        {
            var (from, to) = ((int)((long)column * frames / drawn), (int)((column + 1L) * frames / drawn));
            for (var band = 0; band < bands; band++)
            {
                var sum = 0.0;
                for (var frame = from; frame < to; frame++)
                {
                    sum += values[IndexOf(band, frame, bands, framesEach, layout)];
                }

                levels[(band * drawn) + column] = (float)(sum / (to - from));
            }
        }

        return Draw(levels, bands, drawn, layout.MinimumFrequency, layout.MaximumFrequency);
    }

    private static int IndexOf(int band, int frame, int bands, int framesEach, SpectrogramLayout layout)
    {
        var (window, within) = Math.DivRem(frame, framesEach);
        return (window * bands * framesEach) + (layout.BandsFirst ? (band * framesEach) + within : (within * bands) + band);
    }

    private static SpectrogramView Draw(ReadOnlySpan<float> values, int bands, int frames, double lowest, double highest)
    {
        var (minimum, maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
        }

        var bytes = new byte[values.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = maximum > minimum ? (byte)Math.Round(Math.Clamp((values[i] - minimum) / (maximum - minimum), 0, 1) * 255) : (byte)0;
        }

        return new SpectrogramView(bands, frames, bytes, minimum, maximum) { MinimumFrequency = lowest, MaximumFrequency = highest };
    }
}
