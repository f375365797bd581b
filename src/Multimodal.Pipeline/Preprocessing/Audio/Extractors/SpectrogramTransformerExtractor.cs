using System.Numerics.Tensors;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// The features of the Audio Spectrogram Transformer (Y. Gong et al., 2021, and the class <c>ASTFeatureExtractor</c> of transformers):
/// <c>input_values</c> [frames, mels], Kaldi's filter bank with Hann windows, zeros behind what is short, and where the configuration
/// normalises (x − mean) / (2 · deviation).
/// </summary>
internal sealed class SpectrogramTransformerExtractor : IFeatureExtractor
{
    private readonly int _mels;
    private readonly int _frames;
    private readonly (float Mean, float Deviation)? _normalisation;
    private readonly KaldiFilterBank _bank;

    public SpectrogramTransformerExtractor(int sampleRate, int mels, int frames, (float Mean, float Deviation)? normalisation)
    {
        SampleRate = sampleRate;
        (_mels, _frames, _normalisation) = (mels, frames, normalisation);
        _bank = new KaldiFilterBank(sampleRate, mels, Windows.SymmetricHann);
    }

    public int SampleRate { get; }

    public string TensorName => "input_values";

    public int? Length => _bank.LengthOf(_frames);

    public int MinimumLength => _bank.LengthOf(1);

    public SpectrogramLayout? Layout => new(BandsFirst: false, KaldiFilterBank.LowestFrequency, SampleRate / 2);

    public HostTensor Extract(ReadOnlySpan<float> samples)
    {
        var values = new float[_frames * _mels];
        _bank.Extract(samples).CopyTo(values, 0);
        if (_normalisation is var (mean, deviation))
        {
            TensorPrimitives.Subtract(values, mean, values);
            TensorPrimitives.Divide(values, 2 * deviation, values);
        }

        return HostTensor.Create<float>(values, _frames, _mels);
    }
}
