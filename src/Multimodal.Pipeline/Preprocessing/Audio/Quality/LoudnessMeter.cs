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
    private readonly double[] _states;
    private readonly List<double> _steps = [];
    private double _sum;
    private int _inStep;

    public LoudnessMeter(int sampleRate, int channels)
    {
        _channels = channels;
        _stepFrames = (int)Math.Round(sampleRate * 0.1);
        _shelf = Biquad.Shelf(sampleRate);
        _highPass = Biquad.HighPass(sampleRate);
        _weights = [.. Enumerable.Range(0, channels).Select(channel => WeightOf(channel, channels))];
        _states = new double[4 * channels];
    }

    /// <summary>Whether the measure is defined for a rate and a number of channels.</summary>
    public static bool Measures(int sampleRate, int channels) => sampleRate >= LowestRate && channels <= MostChannels;

    /// <summary>Adds whole frames, channel beside channel.</summary>
    public void Add(ReadOnlySpan<double> samples)
    {
        for (var at = 0; at < samples.Length; at += _channels)
        {
            for (var channel = 0; channel < _channels; channel++)
            {
                var weighted = Filter(samples[at + channel], _states.AsSpan(4 * channel, 4));
                _sum += _weights[channel] * weighted * weighted;
            }

            if (++_inStep == _stepFrames)
            {
                _steps.Add(_sum / _stepFrames);
                (_sum, _inStep) = (0, 0);
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

    private double Filter(double sample, Span<double> state)
    {
        // Transposed direct form II, twice.
        var shelved = (_shelf.B0 * sample) + state[0];
        state[0] = (_shelf.B1 * sample) - (_shelf.A1 * shelved) + state[1];
        state[1] = (_shelf.B2 * sample) - (_shelf.A2 * shelved);
        var passed = (_highPass.B0 * shelved) + state[2];
        state[2] = (_highPass.B1 * shelved) - (_highPass.A1 * passed) + state[3];
        state[3] = (_highPass.B2 * shelved) - (_highPass.A2 * passed);
        return passed;
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
}
