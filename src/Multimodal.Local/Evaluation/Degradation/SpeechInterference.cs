using System.Numerics.Tensors;

namespace Multimodal.Local.Evaluation.Degradation;

/// <summary>Lays other talkers over speech. Power is the mean of the squared samples over the speech's length.</summary>
internal static class SpeechInterference
{
    /// <summary>Adds the talkers, each cut or zero-padded to the speech's length and brought to equal power.</summary>
    /// <param name="speech">One channel.</param>
    /// <param name="talkers">One channel each, of the speech's sample rate; those that are silent there add nothing.</param>
    /// <param name="amplitude">The effective amplitude of the talkers' sum as a ratio to the speech's, 0 or more; 1 is 0 dB.</param>
    public static float[] Add(ReadOnlySpan<float> speech, IReadOnlyList<float[]> talkers, double amplitude)
    {
        var sum = new double[speech.Length];
        var fitted = new double[speech.Length];
        foreach (var talker in talkers)
        {
            var length = Math.Min(talker.Length, speech.Length);
            fitted.AsSpan().Clear();
            TensorPrimitives.ConvertChecked(talker.AsSpan(0, length), fitted.AsSpan(0, length));
            var power = Power(fitted);
            if (power > 0)
            {
                TensorPrimitives.MultiplyAdd(fitted, 1 / Math.Sqrt(power), sum, sum);
            }
        }

        var mixed = new double[speech.Length];
        TensorPrimitives.ConvertChecked(speech, mixed.AsSpan());
        var interference = Power(sum);
        if (interference > 0)
        {
            TensorPrimitives.MultiplyAdd(sum, amplitude * Math.Sqrt(Power(mixed) / interference), mixed, mixed);
        }

        return [.. mixed.Select(sample => (float)sample)];
    }

    private static double Power(double[] samples) => TensorPrimitives.SumOfSquares<double>(samples) / samples.Length;
}
