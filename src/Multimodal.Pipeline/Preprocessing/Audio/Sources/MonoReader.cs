using System.Globalization;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio.Quality;

namespace Multimodal.Pipeline.Preprocessing.Audio.Sources;

/// <summary>Reads a source block by block, averages its channels, and measures what passes.</summary>
internal sealed class MonoReader
{
    private const int BlockSamples = 1 << 14;

    private readonly IAudioSource _source;
    private readonly string _name;
    private readonly InputLimits _limits;
    private readonly QualityMeter? _meter;
    private readonly double[] _block;
    private long _frames;

    /// <param name="source">The source, at its beginning.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="limits">Bounds on inputs.</param>
    /// <param name="meter">Measures all channels; null: nothing does.</param>
    public MonoReader(IAudioSource source, string name, InputLimits limits, QualityMeter? meter = null)
    {
        _source = source;
        _name = name;
        _limits = limits;
        _meter = meter;
        _block = new double[Math.Max(1, BlockSamples / source.Channels) * source.Channels];
        BlockFrames = _block.Length / source.Channels;
    }

    /// <summary>The most samples that a read gives.</summary>
    public int BlockFrames { get; }

    /// <summary>Duration of what has been read, in seconds.</summary>
    public double Seconds => (double)_frames / _source.SampleRate;

    /// <summary>The next samples.</summary>
    /// <param name="mono">Receives them.</param>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="InputException">They do not decode or are not finite, the recording is too long, or it holds no sample at all.</exception>
    public int Read(Span<float> mono)
    {
        var channels = _source.Channels;
        var frames = _source.Read(_block.AsSpan(0, Math.Min(mono.Length, BlockFrames) * channels));
        if (frames == 0)
        {
            return _frames == 0 ? throw AudioFault.NoSamples(_name) : 0;
        }

        Average(_block.AsSpan(0, frames * channels), mono, channels);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(mono[..frames])))
        {
            var fault = 0;
            while (float.IsFinite(mono[fault]))
            {
                fault++;
            }

            throw AudioFault.Corrupt(_name, string.Create(CultureInfo.InvariantCulture, $"sample {_frames + fault} is not a finite number"));
        }

        _meter?.Add(_block.AsSpan(0, frames * channels));
        _frames += frames;
        return Seconds > _limits.MaximumSeconds ? throw AudioFault.TooLong(_name, null, _limits) : frames;
    }

    /// <summary>All samples to the end.</summary>
    public float[] ReadToEnd()
    {
        var samples = new float[_source.Frames ?? BlockFrames];
        var length = 0;
        for (; ;)
        {
            if (length == samples.Length)
            {
                if (length == _source.Frames)
                {
                    return samples;
                }

                Array.Resize(ref samples, (int)Math.Min(2L * length, Array.MaxLength));
            }

            var read = Read(samples.AsSpan(length));
            if (read == 0)
            {
                return samples[..length];
            }

            length += read;
        }
    }

    private static void Average(ReadOnlySpan<double> samples, Span<float> mono, int channels)
    {
        if (channels == 1)
        {
            TensorPrimitives.ConvertTruncating(samples, mono);
            return;
        }

        for (int i = 0, at = 0; at < samples.Length; i++, at += channels)
        {
            var sum = 0.0;
            foreach (var sample in samples.Slice(at, channels))
            {
                sum += sample;
            }

            mono[i] = (float)(sum / channels);
        }
    }
}
