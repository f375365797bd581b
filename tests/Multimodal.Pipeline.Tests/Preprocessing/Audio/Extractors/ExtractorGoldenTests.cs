using System.Runtime.InteropServices;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Tests.Golden;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio.Extractors;

public sealed class ExtractorGoldenTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var file in new[] { "extractors.json", "filterbank.json" })
            {
                foreach (var golden in GoldenFile.Read<GoldenCase>(file))
                {
                    cases.Add(file, golden.Name);
                }
            }

            return cases;
        }
    }

    // transformers.js keeps spectra in single precision; decibels and logarithms reach some 100, so that 1e-4 of them is its own error.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Extract_EveryGoldenCase_IsThatOfTheReference(string file, string name)
    {
        var golden = GoldenFile.Read<GoldenCase>(file).Single(each => each.Name == name);
        var pcm = MemoryMarshal.Cast<byte, short>(GoldenFile.Unpack(golden.Samples)).ToArray();
        var expected = MemoryMarshal.Cast<byte, float>(GoldenFile.Unpack(golden.Expected)).ToArray();
        using var config = new TemporaryFile(golden.Config);
        var extractor = FeatureExtractorConfig.Load(config.Path).Extractor;
        var samples = pcm.Select(sample => sample / 32768f).Take(extractor.Length ?? int.MaxValue).ToArray();

        var features = extractor.Extract(samples);

        Assert.Equal(golden.Shape, features.Shape);
        var actual = features.AsSpan<float>();
        double greatest = 0, sum = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            var difference = Math.Abs((double)actual[i] - expected[i]);
            greatest = Math.Max(greatest, difference);
            sum += difference;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: maximum {greatest:0.0e0}, mean {sum / actual.Length:0.0e0}");
        Assert.True(greatest <= 1e-3 && sum / actual.Length <= 1e-5, $"{name}: maximum {greatest:0.0e0}, mean {sum / actual.Length:0.0e0}");
    }

    private sealed record GoldenCase(string Name, string Config, string Samples, int[] Shape, string Expected);
}
