using System.Numerics.Tensors;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// Logarithms of mel energies as Kaldi's <c>compute-fbank-feats</c> gives them without dither (D. Povey et al., "The Kaldi speech recognition
/// toolkit", 2011): frames of 25 ms every 10 ms, whole ones only; mean removed, preemphasis 0.97, transform of the next power of two,
/// bands from 20 Hz to half the rate with sides straight over mels. Double precision. Safe for concurrent use.
/// </summary>
internal sealed class KaldiFilterBank
{
    /// <summary>Lower edge of the lowest band, in hertz.</summary>
    public const double LowestFrequency = 20;

    private const double Preemphasis = 0.97;

    // The distance from 1 to the next single, which Kaldi takes as the least energy.
    private const float LeastEnergy = 1.1920929e-7f;

    private readonly int _mels;
    private readonly FrameShape _shape;
    private readonly MelSpectrogram<double> _spectrogram;

    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="mels">Mel bands.</param>
    /// <param name="window">Gives the window of a length.</param>
    public KaldiFilterBank(int sampleRate, int mels, Func<int, double[]> window)
    {
        var length = sampleRate * 25 / 1000;
        var fft = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length);
        _mels = mels;
        _shape = new FrameShape(window(length), sampleRate / 100, fft) { RemoveMean = true, Preemphasis = Preemphasis };
        _spectrogram = new MelSpectrogram<double>(
            _shape,
            MelBands.Create((fft / 2) + 1, mels, LowestFrequency, sampleRate / 2, sampleRate, MelScale.Kaldi, straightInMels: true));
    }

    /// <summary>Samples that so many frames span.</summary>
    public int LengthOf(int frames) => _shape.Window.Length + ((frames - 1) * _shape.Hop);

    /// <summary>Frames of so many samples.</summary>
    public int FramesOf(int samples) => _shape.FramesOf(samples);

    /// <summary>Extracts [frames, mels], row-major, natural logarithms.</summary>
    public float[] Extract(ReadOnlySpan<float> samples)
    {
        var frames = FramesOf(samples.Length);
        var levels = new float[frames * _mels];
        _spectrogram.Extract(samples, frames, levels);
        TensorPrimitives.Max(levels, LeastEnergy, levels);
        TensorPrimitives.Log(levels, levels);
        return SpectrumSteps.Transpose(levels, _mels, frames);
    }
}
