using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Extractors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>What an encoder hears of a recording.</summary>
internal static class AudioWindows
{
    /// <summary>Samples of a window and of a hop at the extractor's rate; no window where the recording is one item.</summary>
    public static (int? Window, int Hop) Of(AudioSettings settings, IFeatureExtractor extractor)
    {
        if (settings.WindowSeconds is not { } seconds)
        {
            return (null, int.MaxValue);
        }

        return ((int)Math.Round(seconds * extractor.SampleRate), (int)Math.Round((settings.HopSeconds ?? seconds) * extractor.SampleRate));
    }

    /// <summary>Up to which sample something is heard; null: to the end.</summary>
    public static long? HeardSamples(AudioSettings settings, IFeatureExtractor extractor) => Of(settings, extractor) switch
    {
        ({ } window, var hop) => window + ((settings.MaximumWindows - 1L) * hop),
        _ => extractor.Length,
    };

    /// <exception cref="PipelineException">A setting is out of range, or does not go with the extractor.</exception>
    public static void Validate(AudioSettings settings, IFeatureExtractor extractor)
    {
        const string Kind = AudioSettings.Kind;
        SettingsGuard.InRange(Kind, "maximumWindows", settings.MaximumWindows, 1, 4096);
        SettingsGuard.Holds(Kind, settings.HopSeconds is null || settings.WindowSeconds is not null, "hopSeconds goes with windowSeconds only");
        if (settings.WindowSeconds is { } seconds)
        {
            var rate = (double)extractor.SampleRate;
            SettingsGuard.InRange(Kind, "windowSeconds", seconds, extractor.MinimumLength / rate, (extractor.Length ?? (600 * rate)) / rate);
            SettingsGuard.InRange(Kind, "hopSeconds", settings.HopSeconds ?? seconds, 0.01, 3600);
        }

        settings.VoiceActivity?.Validate(Kind);
    }
}
