using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;
using Multimodal.Testing.Audio;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio.Extractors;

public sealed class WhisperGoldenTests
{
    [Theory]
    [InlineData("sp30")]
    [InlineData("sweep")]
    public void Extract_GoldenSamples_IsWithinTheToleranceOfTheReference(string name)
    {
        var samples = NumpyArray.Load(TestPaths.Data("golden", "whisper-logmel", $"{name}.pcm16k.npy"));
        var expected = NumpyArray.Load(TestPaths.Data("golden", "whisper-logmel", $"{name}.logmel.npy"));
        var path = Path.GetTempFileName();
        File.WriteAllText(path, ExtractorConfigs.Whisper);

        var features = FeatureExtractorConfig.Load(path).Extractor.Extract(samples.Values);
        File.Delete(path);

        Assert.Equal(expected.Shape, features.Shape);
        var actual = features.AsSpan<float>();
        double greatest = 0, sum = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            var difference = Math.Abs((double)actual[i] - expected.Values[i]);
            greatest = Math.Max(greatest, difference);
            sum += difference;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: maximum {greatest:0.0e0}, mean {sum / actual.Length:0.0e0}");
        Assert.True(greatest <= 1e-3, $"maximum difference {greatest:0.0e0}");
        Assert.True(sum / actual.Length <= 1e-5, $"mean difference {sum / actual.Length:0.0e0}");
    }
}
