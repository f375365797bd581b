using BenchmarkDotNet.Attributes;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Benchmarks.Images;

/// <summary>The whole path of a picture, from the file's bytes to the tensor; the data folder is named by <c>MULTIMODAL_DATA</c>.</summary>
[MemoryDiagnoser]
public class ImagePathBenchmarks
{
    private readonly ImagePreprocessor _fast = ClipImages.Create(fastJpeg: true);
    private readonly ImagePreprocessor _exact = ClipImages.Create(fastJpeg: false);
    private InputContent _content = null!;
    private string _path = null!;
    private string _mediaType = null!;

    /// <summary>The pictures.</summary>
    public static IEnumerable<string> Names => ClipImages.Names;

    /// <summary>Which picture.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    /// <summary>Reads the file.</summary>
    [GlobalSetup]
    public void Read()
    {
        var data = Environment.GetEnvironmentVariable("MULTIMODAL_DATA") ?? throw new InvalidOperationException("MULTIMODAL_DATA names no folder.");
        _path = Path.Combine(data, "images", Name);
        _content = new InputContent(Name, ClipImages.Read(_path));
        _mediaType = ContentDetector.Detect(_content).MediaType;
    }

    /// <summary>With the reduced decoding of large JPEGs.</summary>
    [Benchmark]
    public Features Preprocess() => _fast.Preprocess(_content, _mediaType);

    /// <summary>As Pillow, byte for byte.</summary>
    [Benchmark]
    public Features PreprocessExactly() => _exact.Preprocess(_content, _mediaType);

    /// <summary>What the library needs for the decoding alone.</summary>
    [Benchmark(Baseline = true)]
    public void Decode() => ClipImages.DecodeBare(_path);
}
