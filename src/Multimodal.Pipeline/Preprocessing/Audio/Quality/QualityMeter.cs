using Multimodal.Pipeline.Preprocessing.Audio.Sources;

namespace Multimodal.Pipeline.Preprocessing.Audio.Quality;

/// <summary>Measures a recording as it is read, in memory that grows by some bytes for each second.</summary>
internal sealed class QualityMeter
{
    // 10^(-60 / 10): a mean square this small is 60 dB below full scale.
    private const double SilentPower = 1e-6;

    private readonly double _fullScale;
    private readonly long _blockSamples;
    private readonly LoudnessMeter? _loudness;
    private double _peak;
    private double _energy;
    private long _inBlock;
    private long _samples;
    private long _clipped;
    private long _blocks;
    private long _silent;

    public QualityMeter(IAudioSource source)
    {
        _fullScale = source.FullScale;
        _blockSamples = Math.Max(1L, source.SampleRate / 50) * source.Channels;
        _loudness = LoudnessMeter.Measures(source.SampleRate, source.Channels) ? new LoudnessMeter(source.SampleRate, source.Channels) : null;
    }

    /// <summary>Adds whole frames, channel beside channel.</summary>
    public void Add(ReadOnlySpan<double> samples)
    {
        _loudness?.Add(samples);
        foreach (var sample in samples)
        {
            var magnitude = Math.Abs(sample);
            _peak = Math.Max(_peak, magnitude);
            _clipped += magnitude >= _fullScale ? 1 : 0;
            _energy += sample * sample;
            if (++_inBlock == _blockSamples)
            {
                EndBlock();
            }
        }

        _samples += samples.Length;
    }

    /// <summary>The measurements; nothing is added afterwards.</summary>
    public AudioQuality Finish()
    {
        if (_inBlock > 0)
        {
            EndBlock();
        }

        return new AudioQuality(
            _peak, (double)_clipped / Math.Max(1, _samples), _loudness?.Integrate(), (double)_silent / Math.Max(1, _blocks));
    }

    private void EndBlock()
    {
        _silent += _energy / _inBlock < SilentPower ? 1 : 0;
        _blocks++;
        (_energy, _inBlock) = (0, 0);
    }
}
