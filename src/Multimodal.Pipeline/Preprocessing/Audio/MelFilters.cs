namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Triangular mel bands over the frequencies of a power spectrum, by HTK's formula: mel = 2595 log₁₀(1 + f / 700).</summary>
internal sealed class MelFilters
{
    private readonly (int First, double[] Weights)[] _bands;

    /// <summary>Computes the weights; they are not divided by the bands' areas.</summary>
    public MelFilters(LogMelSettings settings)
    {
        var lowest = ToMel(settings.MinimumFrequency);
        var step = (ToMel(settings.MaximumFrequency) - lowest) / (settings.Mels + 1);
        _bands = new (int, double[])[settings.Mels];
        for (var band = 0; band < settings.Mels; band++)
        {
            _bands[band] = Band(
                ToHertz(lowest + (band * step)), ToHertz(lowest + ((band + 1) * step)), ToHertz(lowest + ((band + 2) * step)), settings);
        }
    }

    /// <summary>The number of bands.</summary>
    public int Count => _bands.Length;

    /// <summary>The energy of one band.</summary>
    public double Energy(int band, ReadOnlySpan<double> power)
    {
        var (first, weights) = _bands[band];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * power[first + i];
        }

        return sum;
    }

    private static (int First, double[] Weights) Band(double low, double middle, double high, LogMelSettings settings)
    {
        var weights = new List<double>();
        var first = 0;
        for (var bin = 0; bin <= settings.Fft / 2; bin++)
        {
            var frequency = (double)bin * settings.SampleRate / settings.Fft;
            var weight = Math.Min((frequency - low) / (middle - low), (high - frequency) / (high - middle));
            if (weight > 0)
            {
                first = weights.Count == 0 ? bin : first;
                weights.Add(weight);
            }
        }

        return (first, [.. weights]);
    }

    private static double ToMel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
