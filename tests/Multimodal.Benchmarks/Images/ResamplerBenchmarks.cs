using BenchmarkDotNet.Attributes;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Benchmarks.Images;

/// <summary>The resampling alone, of a picture in memory.</summary>
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private const int Width = 1024;
    private const int Height = 768;

    private PixelBuffer _picture = null!;

    /// <summary>Grey, RGB or RGBA.</summary>
    [Params(1, 3, 4)]
    public int Channels { get; set; }

    /// <summary>The kernel.</summary>
    [Params(ResamplingFilter.Bilinear, ResamplingFilter.Bicubic, ResamplingFilter.Lanczos)]
    public ResamplingFilter Filter { get; set; }

    /// <summary>Makes the picture.</summary>
    [GlobalSetup]
    public void Make()
    {
        var pixels = new byte[Width * Height * Channels];
        new Random(1).NextBytes(pixels);
        _picture = new PixelBuffer(Width, Height, Channels, pixels);
    }

    /// <summary>To the shorter side of 224.</summary>
    [Benchmark]
    public PixelBuffer Resize() => PillowResampler.Resize(_picture, 298, 224, Filter);
}
