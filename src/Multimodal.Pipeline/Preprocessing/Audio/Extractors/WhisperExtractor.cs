using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// Whisper's features (A. Radford et al., "Robust speech recognition via large-scale weak supervision", 2022, and the class
/// <c>WhisperFeatureExtractor</c> of transformers): <c>input_features</c> [mels, length / hop]. Slaney's bands from 0 Hz to 8 kHz over
/// power spectra of periodic Hann windows, centred frames, the last one dropped; log₁₀ of 10⁻¹⁰ or more, raised to at most 8 below
/// the greatest; (x + 4) / 4. Single precision, whose error lies far below what the floor cuts.
/// </summary>
internal sealed class WhisperExtractor : IFeatureExtractor
{
    private const double HighestFrequency = 8000;
    private const float LeastEnergy = 1e-10f;
    private const float Range = 8;
    private const float Log10Of2 = 0.30102999566398120f;

    private readonly int _mels;
    private readonly int _hop;
    private readonly int _fft;
    private readonly int _length;
    private readonly MelSpectrogram<float> _spectrogram;

    public WhisperExtractor(int sampleRate, int mels, int fft, int hop, int length)
    {
        SampleRate = sampleRate;
        (_mels, _fft, _hop, _length) = (mels, fft, hop, length);
        Bands = MelBands.Create((fft / 2) + 1, mels, 0, HighestFrequency, sampleRate, MelScale.Slaney, equalAreas: true);
        _spectrogram = new MelSpectrogram<float>(new FrameShape(Windows.PeriodicHann(fft), hop, fft), Bands);
    }

    public int SampleRate { get; }

    public string TensorName => "input_features";

    public int? Length => _length;

    public int MinimumLength => 1;

    public SpectrogramLayout? Layout => new(BandsFirst: true, 0, HighestFrequency);

    /// <summary>The bands, to compare with those that a configuration brings along.</summary>
    public MelBands Bands { get; }

    public HostTensor Extract(ReadOnlySpan<float> samples)
    {
        var frames = _length / _hop;

        // The tensor's own bytes, so that nothing is copied.
        var bytes = new byte[_mels * frames * sizeof(float)];
        var levels = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        var padded = SpectrumSteps.RentMirrored(samples, _length, _fft / 2);
        try
        {
            _spectrogram.Extract(padded.AsSpan(0, _length + (2 * (_fft / 2))), frames, levels);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(padded);
        }

        var greatest = ToLogarithms(levels);
        TensorPrimitives.Max(levels, greatest - Range, levels);
        TensorPrimitives.Add(levels, 4, levels);
        TensorPrimitives.Multiply(levels, 0.25f, levels);
        return HostTensor.FromBytes(TensorType.Float32, [_mels, frames], bytes);
    }

    private static float ToLogarithms(Span<float> levels)
    {
        var greatest = Vector256.Create(float.NegativeInfinity);
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(levels);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Vector256.Log2(Vector256.Max(vectors[i], Vector256.Create(LeastEnergy))) * Log10Of2;
            greatest = Vector256.Max(greatest, vectors[i]);
        }

        var result = greatest[0];
        for (var lane = 1; lane < Vector256<float>.Count; lane++)
        {
            result = Math.Max(result, greatest[lane]);
        }

        for (var i = vectors.Length * Vector256<float>.Count; i < levels.Length; i++)
        {
            levels[i] = MathF.Log10(MathF.Max(levels[i], LeastEnergy));
            result = MathF.Max(result, levels[i]);
        }

        return result;
    }
}
