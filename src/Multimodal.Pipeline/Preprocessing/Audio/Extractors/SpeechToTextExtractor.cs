using System.Numerics.Tensors;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// The features of Speech2Text (C. Wang et al., "fairseq S2T", 2020, and the class <c>Speech2TextFeatureExtractor</c> of transformers):
/// <c>input_features</c> [frames, mels], Kaldi's filter bank with Povey's windows over samples of a full scale of 2¹⁵, and where the
/// configuration says so each band's mean over the utterance taken away and its standard deviation divided out.
/// </summary>
internal sealed class SpeechToTextExtractor : IFeatureExtractor
{
    private const float FullScale = 32768;

    private readonly int _mels;
    private readonly bool _means;
    private readonly bool _deviations;
    private readonly KaldiFilterBank _bank;

    public SpeechToTextExtractor(int sampleRate, int mels, bool means, bool deviations)
    {
        SampleRate = sampleRate;
        (_mels, _means, _deviations) = (mels, means, deviations);
        _bank = new KaldiFilterBank(sampleRate, mels, Windows.Povey);
    }

    public int SampleRate { get; }

    public string TensorName => "input_features";

    public int? Length => null;

    public int MinimumLength => _bank.LengthOf(1);

    public SpectrogramLayout? Layout => new(BandsFirst: false, KaldiFilterBank.LowestFrequency, SampleRate / 2);

    public HostTensor Extract(ReadOnlySpan<float> samples)
    {
        var scaled = new float[samples.Length];
        TensorPrimitives.Multiply(samples, FullScale, scaled);
        var values = _bank.Extract(scaled);
        var frames = values.Length / _mels;
        for (var band = 0; band < _mels; band++)
        {
            Normalise(values, band, frames);
        }

        return HostTensor.Create<float>(values, frames, _mels);
    }

    private void Normalise(Span<float> values, int band, int frames)
    {
        double sum = 0, squares = 0;
        for (var i = band; i < values.Length; i += _mels)
        {
            sum += values[i];
        }

        var mean = sum / frames;
        for (var i = band; i < values.Length; i += _mels)
        {
            squares += (values[i] - mean) * (values[i] - mean);
        }

        // A band that never changes has nothing to divide by.
        var deviation = _deviations && squares > 0 ? Math.Sqrt(squares / frames) : 1;
        var subtracted = _means ? mean : 0;
        for (var i = band; i < values.Length; i += _mels)
        {
            values[i] = (float)((values[i] - subtracted) / deviation);
        }
    }
}
