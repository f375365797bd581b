namespace Multimodal.Pipeline.Preprocessing.Audio.Quality;

/// <summary>
/// Integrated loudness by ITU-R BS.1770-4, annex 1: K-weighting, mean squares of blocks of 400 ms that overlap by three quarters, gates at
/// −70 LUFS and at 10 LU below the mean of what passes the first.
/// </summary>
/// <remarks>
/// The standard gives K-weighting's coefficients for 48 kHz only. At the recording's rate they are those of the analogue filters behind
/// them, by the bilinear transform: B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018.
/// </remarks>
internal sealed class LoudnessMeter
{
    private const double Offset = -0.691;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;
    private const int StepsPerBlock = 4;

    // Above the shelf's corner, with room for the transform.
    private const int LowestRate = 4000;
    private const int MostChannels = 8;

    private readonly int _channels;
    private readonly int _stepFrames;
    private readonly Biquad _shelf;
    private readonly Biquad _highPass;
    private readonly double[] _weights;
    private readonly State[] _states;
    private readonly List<double> _steps = [];
    private int _inStep;

    public LoudnessMeter(int sampleRate, int channels)
    {
        _channels = channels;
        _stepFrames = (int)Math.Round(sampleRate * 0.1);
        _shelf = Biquad.Shelf(sampleRate);
        _highPass = Biquad.HighPass(sampleRate);
        _weights = [.. Enumerable.Range(0, channels).Select(channel => WeightOf(channel, channels))];
        _states = new State[channels];
    }

    /// <summary>Whether the measure is defined for a rate and a number of channels.</summary>
    public static bool Measures(int sampleRate, int channels) => sampleRate >= LowestRate && channels <= MostChannels;

    /// <summary>Adds whole frames, channel beside channel.</summary>
    public void Add(ReadOnlySpan<double> samples)
    {
        while (!samples.IsEmpty)
        {
            var part = samples[..Math.Min(samples.Length, (_stepFrames - _inStep) * _channels)];
            samples = samples[part.Length..];
            for (var channel = 0; channel < _channels; channel++)
            {
                Weigh(part, channel);
            }

            _inStep += part.Length / _channels;
            if (_inStep == _stepFrames)
            {
                EndStep();
            }
        }
    }

    /// <summary>The loudness in LUFS; null where no block passes the gates.</summary>
    public double? Integrate()
    {
        var blocks = Enumerable.Range(0, Math.Max(0, _steps.Count - StepsPerBlock + 1))
            .Select(first => _steps.GetRange(first, StepsPerBlock).Sum() / StepsPerBlock)
            .Where(power => ToLoudness(power) > AbsoluteGate).ToArray();
        if (blocks.Length == 0)
        {
            return null;
        }

        var threshold = ToLoudness(blocks.Average()) + RelativeGate;
        var loudness = ToLoudness(blocks.Where(power => ToLoudness(power) > threshold).DefaultIfEmpty(double.NaN).Average());
        return double.IsFinite(loudness) ? loudness : null;
    }

    private void EndStep()
    {
        var sum = 0.0;
        for (var channel = 0; channel < _channels; channel++)
        {
            sum += _weights[channel] * _states[channel].Sum;
            _states[channel] = _states[channel] with { Sum = 0 };
        }

        _steps.Add(sum / _stepFrames);
        _inStep = 0;
    }

    // Adds the squares of one channel's weighted samples, one after the other: blocks of another size give the same sum.
    private void Weigh(ReadOnlySpan<double> samples, int channel)
    {
        // Transposed direct form II, twice.
        var (shelf, highPass) = (_shelf, _highPass);
        var (s0, s1, h0, h1, sum) = _states[channel];
        for (var at = channel; at < samples.Length; at += _channels)
        {
            var sample = samples[at];
            var shelved = (shelf.B0 * sample) + s0;
            s0 = (shelf.B1 * sample) - (shelf.A1 * shelved) + s1;
            s1 = (shelf.B2 * sample) - (shelf.A2 * shelved);
            var passed = (highPass.B0 * shelved) + h0;
            h0 = (highPass.B1 * shelved) - (highPass.A1 * passed) + h1;
            h1 = (highPass.B2 * shelved) - (highPass.A2 * passed);
            sum += passed * passed;
        }

        _states[channel] = new State(s0, s1, h0, h1, sum);
    }

    // In the order of WAV: left, right, centre, low-frequency effects, then those at the back, which count 1.5 dB more.
    private static double WeightOf(int channel, int channels) => (channel, channels) switch
    {
        ( >= 3, 5) => 1.41,
        (3, 6 or 8) => 0,
        ( >= 4, 6 or 8) => 1.41,
        _ => 1,
    };

    private static double ToLoudness(double power) => Offset + (10 * Math.Log10(power));

    private readonly record struct State(double Shelf0, double Shelf1, double HighPass0, double HighPass1, double Sum);
}
