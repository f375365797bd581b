using BenchmarkDotNet.Attributes;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;

namespace Multimodal.Benchmarks.Audio;

/// <summary>Whisper's log-mel features, and resampling, of 30 s of noise.</summary>
[MemoryDiagnoser]
public class LogMelBenchmarks : IDisposable
{
    private readonly float[] _samples = new float[30 * 16_000];
    private readonly float[] _compactDisc = new float[30 * 44_100];
    private AudioPreprocessor _preprocessor = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        foreach (var samples in new[] { _samples, _compactDisc })
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = (random.NextSingle() - 0.5f) / 2;
            }
        }

        using var config = new TemporaryFile(WhisperConfig.Json);
        _preprocessor = new AudioPreprocessor(
            new AudioSettings { Config = config.Path }, FeatureExtractorConfig.Load(config.Path), new AudioReader(new InputLimits()));
    }

    public void Dispose()
    {
        _preprocessor?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int WhisperLogMel() => _preprocessor.Extract(_samples).Shape[1];

    [Benchmark]
    public int Resample44100To16000() => Resampler.Resample(_compactDisc, 44_100, 16_000).Length;
}
