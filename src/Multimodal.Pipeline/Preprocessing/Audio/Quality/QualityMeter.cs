using System.Numerics.Tensors;
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
        _samples += samples.Length;
        while (!samples.IsEmpty)
        {
            var part = samples[..(int)Math.Min(samples.Length, _blockSamples - _inBlock)];
            samples = samples[part.Length..];
            var peak = Math.Abs(TensorPrimitives.MaxMagnitude(part));
            _peak = Math.Max(_peak, peak);
            _energy += TensorPrimitives.SumOfSquares(part);
            if (peak >= _fullScale)
            {
                foreach (var sample in part)
                {
                    _clipped += Math.Abs(sample) >= _fullScale ? 1 : 0;
                }
            }

            _inBlock += part.Length;
            if (_inBlock == _blockSamples)
            {
                EndBlock();
            }
        }
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
