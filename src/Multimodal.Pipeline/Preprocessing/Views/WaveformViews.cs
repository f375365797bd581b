using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio;

namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>Draws recordings.</summary>
public static class WaveformViews
{
    /// <summary>The most columns that a waveform is reduced to.</summary>
    public const int MaximumColumns = 800;

    /// <summary>Views a recording.</summary>
    /// <param name="upload">The WAV file.</param>
    /// <param name="settings">How the encoder's features are made of it.</param>
    /// <param name="limits">Bounds on inputs.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static WaveformView Of(InputContent upload, PreprocessingSettings settings, InputLimits limits)
    {
        var recording = WavReader.Read(upload, limits);
        var columns = Math.Min(MaximumColumns, recording.Samples.Length);
        var (lows, highs) = (new float[columns], new float[columns]);
        for (var i = 0; i < columns; i++)
        {
            var from = (int)((long)i * recording.Samples.Length / columns);
            var to = (int)((i + 1L) * recording.Samples.Length / columns);
            var samples = recording.Samples.AsSpan(from, to - from);
            (lows[i], highs[i]) = (samples[0], samples[0]);
            foreach (var sample in samples)
            {
                (lows[i], highs[i]) = (Math.Min(lows[i], sample), Math.Max(highs[i], sample));
            }
        }

        var view = new WaveformView(recording.Seconds, lows, highs);
        return settings is LogMelSettings logMel ? WithHeard(view, recording, logMel) : view;
    }

    private static WaveformView WithHeard(WaveformView view, Recording recording, LogMelSettings settings)
    {
        var samples = recording.SampleRate == settings.SampleRate
            ? recording.Samples
            : Resampler.Resample(recording.Samples, recording.SampleRate, settings.SampleRate);
        if (samples.Length == 0)
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
}
