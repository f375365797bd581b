namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Turns an utterance into a standardised log-mel spectrogram. Safe for concurrent use.</summary>
internal sealed class LogMelExtractor
{
    private const double LeastEnergy = 1e-10;
    private const double LeastDeviation = 1e-5;

    private readonly LogMelSettings _settings;
    private readonly RealFourierTransform _transform;
    private readonly MelFilters _filters;
    private readonly double[] _window;

    public LogMelExtractor(LogMelSettings settings)
    {
        _settings = settings;
        _transform = new RealFourierTransform(settings.Fft);
        _filters = new MelFilters(settings);

        // Periodic, not symmetric: the period is the window's length.
        _window = [.. Enumerable.Range(0, settings.Window).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / settings.Window)))];
    }

    /// <summary>Frames that so many samples give: whole windows only, and one window at least.</summary>
    public int FramesOf(int samples) => 1 + ((Math.Max(samples, _settings.Window) - _settings.Window) / _settings.Hop);

    /// <summary>Extracts.</summary>
    /// <param name="samples">Mono, at the settings' rate, trimmed; fewer than a window are padded with zeros at the end.</param>
    /// <returns>[mels, frames], row-major, of mean 0 and standard deviation 1.</returns>
    public float[] Extract(ReadOnlySpan<float> samples)
    {
        var frames = FramesOf(samples.Length);
        var levels = new double[checked(_settings.Mels * frames)];
        Span<double> frame = new double[_settings.Fft];
        Span<double> scratch = new double[_settings.Fft];
        Span<double> power = new double[(_settings.Fft / 2) + 1];
        for (var t = 0; t < frames; t++)
        {
            var part = samples.Slice(t * _settings.Hop, Math.Min(_settings.Window, samples.Length - (t * _settings.Hop)));
            frame.Clear();
            for (var i = 0; i < part.Length; i++)
            {
                frame[i] = part[i] * _window[i];
            }

            _transform.Power(frame, power, scratch);
            for (var band = 0; band < _filters.Count; band++)
            {
                levels[(band * frames) + t] = 10 * Math.Log10(Math.Max(_filters.Energy(band, power), LeastEnergy));
            }
        }

        return Standardise(levels);
    }

    private float[] Standardise(double[] levels)
    {
        var floor = levels.Max() - _settings.DynamicRangeDb;
        var mean = 0.0;
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = Math.Max(levels[i], floor);
            mean += levels[i];
        }

        mean /= levels.Length;
        var variance = 0.0;
        foreach (var level in levels)
        {
            variance += (level - mean) * (level - mean);
        }

        var deviation = Math.Sqrt(variance / levels.Length) + LeastDeviation;
        var standard = new float[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            standard[i] = (float)((levels[i] - mean) / deviation);
        }

        return standard;
    }
}
