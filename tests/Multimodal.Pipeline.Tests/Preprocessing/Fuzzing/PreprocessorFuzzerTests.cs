using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Fuzzing;

/// <summary>The fuzzer finds what it looks for.</summary>
public sealed class PreprocessorFuzzerTests
{
    private static readonly InputContent[] Samples = [new("a.txt", "The old fisherman repairs his nets."u8.ToArray())];

    [Fact]
    public void Run_PreprocessorThatThrows_NamesTheSampleAndTheSeed()
    {
        var report = Run(_ => throw new KeyNotFoundException("absent"));

        Assert.NotEmpty(report.Failures);
        Assert.Matches("^a.txt, seed \\d+: KeyNotFoundException: absent$", report.Failures[0]);
    }

    [Fact]
    public void Run_FeaturesThatAreNoNumbers_AreFailures()
    {
        var report = Run(_ => [1, float.NaN]);

        Assert.NotEmpty(report.Failures);
        Assert.Contains("input_features holds NaN", report.Failures[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ErrorWithoutARemedy_IsAFailure() =>
        Assert.NotEmpty(Run(_ => throw new InputException(InputErrorCodes.Corrupt, "broken", "")).Failures);

    [Fact]
    public void Run_TakesTooLong_IsAFailure()
    {
        var report = Run(
            _ =>
            {
                Thread.Sleep(20);
                return [1];
            },
            TimeSpan.FromMilliseconds(5));

        Assert.NotEmpty(report.Failures);
        Assert.Contains("took", report.Failures[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SoundPreprocessor_CountsByCode()
    {
        var calls = 0;
        var report = Run(_ => ++calls % 2 == 0 ? throw new InputException(InputErrorCodes.Corrupt, "broken", "Mend it.") : [1]);

        Assert.Empty(report.Failures);
        Assert.Equal(20, report.Processed + report.Refused);
        Assert.Equal(calls / 2, report.RefusedByCode[InputErrorCodes.Corrupt]);
    }

    private static FuzzReport Run(Func<InputContent, float[]> preprocess, TimeSpan? limit = null) =>
        PreprocessorFuzzer.Run(new Stub(preprocess), Samples, 20, firstSeed: 0, limit);

    private sealed class Stub(Func<InputContent, float[]> preprocess) : IPreprocessor
    {
        public Modality Modality => Modality.Text;

        public Features Preprocess(InputContent content, string mediaType)
        {
            var values = preprocess(content);
            return new Features(
                Modality,
                new Dictionary<string, HostTensor> { ["input_features"] = HostTensor.Create<float>(values, values.Length) },
                new InputFacts { MediaType = mediaType, Bytes = content.Bytes.Length });
        }
    }
}
