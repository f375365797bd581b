using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;

namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>Draws recordings.</summary>
public static class WaveformViews
{
    /// <summary>The most columns that a waveform is reduced to.</summary>
    public const int MaximumColumns = 800;

    /// <summary>Views a recording.</summary>
    /// <param name="upload">The file.</param>
    /// <param name="settings">How the encoder's features are made of it.</param>
    /// <param name="limits">Bounds on inputs.</param>
    /// <param name="decoder">Decodes recordings other than WAV; null: nothing does.</param>
    /// <param name="folder">The pipeline that the settings are of; null: what is heard is not told for those that name a file.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static WaveformView Of(
        InputContent upload, PreprocessingSettings settings, InputLimits limits, IAudioDecoder? decoder = null, ModelFolder? folder = null)
    {
        var reader = new AudioReader(limits, decoder);
        var mediaType = ContentDetector.Detect(upload).MediaType;
        if (settings is LogMelSettings logMel)
        {
            var recording = reader.Read(upload, mediaType);
            var whole = new PeakColumns();
            whole.Add(recording.Samples);
            var (lows, highs) = whole.ToColumns(MaximumColumns);
            return WithHeard(new WaveformView(recording.Seconds, lows, highs), recording, logMel);
        }

        var view = Of(upload, mediaType, reader);
        return settings is AudioSettings audio && folder is not null ? WithHeard(view, audio, folder) : view;
    }

    private static WaveformView Of(InputContent upload, string mediaType, AudioReader reader)
    {
        using var source = reader.Open(upload, mediaType);
        var mono = new MonoReader(source, upload.Name, reader.Limits);
        var block = new float[mono.BlockFrames];
        var columns = new PeakColumns();
        for (int length; (length = mono.Read(block)) > 0;)
        {
            columns.Add(block.AsSpan(0, length));
        }

        var (lows, highs) = columns.ToColumns(MaximumColumns);
        return new WaveformView(mono.Seconds, lows, highs);
    }

    private static WaveformView WithHeard(WaveformView view, Recording recording, LogMelSettings settings)
    {
        var samples = recording.SampleRate == settings.SampleRate
            ? recording.Samples
            : Resampler.Resample(recording.Samples, recording.SampleRate, settings.SampleRate);

        // With speech cut out first, the ends lie elsewhere.
        if (samples.Length == 0 || settings.VoiceActivity is { Trim: true })
        {
            return view;
        }

        var (offset, length) = SilenceTrimmer.Find(samples, settings.Hop, settings.TrimDb).GetOffsetAndLength(samples.Length);
        return view with
        {
            HeardFrom = (double)offset / settings.SampleRate,
            HeardTo = Math.Min((double)(offset + length) / settings.SampleRate, view.Seconds),
        };
    }

    private static WaveformView WithHeard(WaveformView view, AudioSettings settings, ModelFolder folder)
    {
        if (settings.VoiceActivity is { Trim: true })
        {
            return view;
        }

        var extractor = FeatureExtractorConfig.Load(folder.PathOf(settings.Config)).Extractor;
        var heard = AudioWindows.HeardSamples(settings, extractor) / (double)extractor.SampleRate;
        return view with { HeardFrom = 0, HeardTo = Math.Min(heard ?? view.Seconds, view.Seconds) };
    }
}
