using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// The raw samples, as wav2vec 2.0 and its kin take them (A. Baevski et al., 2020, and the class <c>Wav2Vec2FeatureExtractor</c> of
/// transformers): <c>input_values</c> [samples], where the configuration normalises (x − mean) / √(variance + 10⁻⁷).
/// </summary>
internal sealed class WaveformExtractor(int sampleRate, bool normalise) : IFeatureExtractor
{
    private const double LeastVariance = 1e-7;

    public int SampleRate => sampleRate;

    public string TensorName => "input_values";

    public int? Length => null;

    public int MinimumLength => 1;

    public SpectrogramLayout? Layout => null;

    public HostTensor Extract(ReadOnlySpan<float> samples)
    {
        var values = samples.ToArray();
        if (normalise)
        {
            Normalise(values);
        }

        return HostTensor.Create<float>(values, values.Length);
    }

    private static void Normalise(float[] values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var deviation = Math.Sqrt((squares / values.Length) + LeastVariance);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] - mean) / deviation);
        }
    }
}
