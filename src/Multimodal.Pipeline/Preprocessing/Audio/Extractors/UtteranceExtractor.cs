using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>Our own log-mel spectrogram, trimmed and standardised: <c>input_features</c> [mels, frames].</summary>
internal sealed class UtteranceExtractor(LogMelSettings settings) : IFeatureExtractor
{
    private readonly LogMelExtractor _extractor = new(settings);

    public int SampleRate => settings.SampleRate;

    public string TensorName => LogMelPreprocessor.InputFeatures;

    public int? Length => null;

    public int MinimumLength => 1;

    public SpectrogramLayout? Layout => new(BandsFirst: true, settings.MinimumFrequency, settings.MaximumFrequency);

    public HostTensor Extract(ReadOnlySpan<float> samples)
    {
        var features = _extractor.Extract(samples[SilenceTrimmer.Find(samples, settings.Hop, settings.TrimDb)]);
        return HostTensor.Create<float>(features, settings.Mels, features.Length / settings.Mels);
    }
}
