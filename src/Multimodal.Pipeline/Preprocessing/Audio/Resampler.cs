using System.Collections.Concurrent;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// Changes the sample rate of one channel by a polyphase filter, a sinc with a Kaiser window: flat to 0.9 of the lower rate's Nyquist
/// frequency, and at least 90 dB down from that frequency on. Output sample k lies at the time of input sample k · input / output: no delay.
/// Safe for concurrent use.
/// </summary>
public static class Resampler
{
    /// <summary>The lowest rate, in samples a second.</summary>
    public const int MinimumRate = 1;

    /// <summary>The highest rate, in samples a second.</summary>
    public const int MaximumRate = 768_000;

    private const int MostBanks = 16;

    private static readonly ConcurrentDictionary<ResamplingRatio, FilterBank> Banks = new();

    /// <summary>Resamples.</summary>
    /// <param name="samples">One channel; silence is assumed before and after it.</param>
    /// <param name="inputRate">Samples a second, <see cref="MinimumRate"/> to <see cref="MaximumRate"/>.</param>
    /// <param name="outputRate">Samples a second, <see cref="MinimumRate"/> to <see cref="MaximumRate"/>.</param>
    /// <returns>⌈length · output / input⌉ samples.</returns>
    public static float[] Resample(ReadOnlySpan<float> samples, int inputRate, int outputRate)
    {
        CheckRate(inputRate, nameof(inputRate));
        CheckRate(outputRate, nameof(outputRate));
        if (inputRate == outputRate)
        {
            return samples.ToArray();
        }

        var ratio = ResamplingRatio.Of(inputRate, outputRate);
        var output = new float[checked((int)ratio.OutputLength(samples.Length))];
        var bank = BankOf(ratio);
        int position = 0, phase = 0;
        var (whole, rest) = Math.DivRem(ratio.Down, ratio.Up);
        for (var k = 0; k < output.Length; k++)
        {
            output[k] = bank.Filter(samples, position, phase);
            position += whole;
            phase += rest;
            if (phase >= ratio.Up)
            {
                phase -= ratio.Up;
                position++;
            }
        }

        return output;
    }

    internal static FilterBank BankOf(ResamplingRatio ratio)
    {
        if (Banks.TryGetValue(ratio, out var bank))
        {
            return bank;
        }

        // Rates come from strangers' files: the cache must not grow with them.
        if (Banks.Count >= MostBanks)
        {
            Banks.Clear();
        }

        return Banks.GetOrAdd(ratio, static ratio => new FilterBank(ratio));
    }

    internal static void CheckRate(int rate, string parameter)
    {
        if (rate is < MinimumRate or > MaximumRate)
        {
            throw new ArgumentOutOfRangeException(parameter, rate, $"A sample rate is {MinimumRate} to {MaximumRate} a second.");
        }
    }
}
