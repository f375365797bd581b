using System.Buffers;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// CLAP's features (Y. Wu et al., "Large-scale contrastive language-audio pretraining", 2022, and the class <c>ClapFeatureExtractor</c> of
/// transformers, its truncation <c>rand_trunc</c>): <c>input_features</c> [1, frames, mels]. Slaney's bands over power spectra of periodic
/// Hann windows, centred frames, decibels of 10⁻¹⁰ or more. Of a longer sound transformers takes a part at random; here it is the
/// beginning, so that the same file always gives the same features. Double precision.
/// </summary>
internal sealed class ClapExtractor : IFeatureExtractor
{
    private const float LeastEnergy = 1e-10f;

    private readonly int _mels;
    private readonly int _fft;
    private readonly int _length;
    private readonly ClapPadding _padding;
    private readonly FrameShape _shape;
    private readonly MelSpectrogram<double> _spectrogram;

    public ClapExtractor(int sampleRate, int mels, int fft, int hop, int length, double lowest, double highest, ClapPadding padding)
    {
        SampleRate = sampleRate;
        (_mels, _fft, _length, _padding) = (mels, fft, length, padding);
        Layout = new SpectrogramLayout(BandsFirst: false, lowest, highest);
        _shape = new FrameShape(Windows.PeriodicHann(fft), hop, fft);
        _spectrogram = new MelSpectrogram<double>(
            _shape, MelBands.Create((fft / 2) + 1, mels, lowest, highest, sampleRate, MelScale.Slaney, equalAreas: true));
    }

    public int SampleRate { get; }

    public string TensorName => "input_features";

    public int? Length => _length;

    public int MinimumLength => 1;

    public SpectrogramLayout? Layout { get; }

    public HostTensor Extract(ReadOnlySpan<float> samples)
    {
        var whole = ArrayPool<float>.Shared.Rent(_length);
        var padded = whole;
        try
        {
            Fill(samples, whole.AsSpan(0, _length));
            padded = SpectrumSteps.RentMirrored(whole.AsSpan(0, _length), _length, _fft / 2);
            var signal = padded.AsSpan(0, _length + (2 * (_fft / 2)));
            var frames = _shape.FramesOf(signal.Length);
            var levels = new float[_mels * frames];
            _spectrogram.Extract(signal, frames, levels);
            TensorPrimitives.Max(levels, LeastEnergy, levels);
            TensorPrimitives.Log10(levels, levels);
            TensorPrimitives.Multiply(levels, 10, levels);
            return HostTensor.Create<float>(SpectrumSteps.Transpose(levels, _mels, frames), 1, frames, _mels);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(whole);
            if (padded != whole)
            {
                ArrayPool<float>.Shared.Return(padded);
            }
        }
    }

    private void Fill(ReadOnlySpan<float> samples, Span<float> whole)
    {
        var length = _padding switch
        {
            ClapPadding.Repeat => whole.Length,
            ClapPadding.RepeatPad => whole.Length / samples.Length * samples.Length,
            _ => samples.Length,
        };
        for (var at = 0; at < length; at += samples.Length)
        {
            samples[..Math.Min(samples.Length, length - at)].CopyTo(whole[at..]);
        }

        whole[length..].Clear();
    }
}
