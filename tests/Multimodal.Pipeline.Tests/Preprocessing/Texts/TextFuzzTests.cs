using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;
using Multimodal.Testing.Fuzzing;
using Multimodal.Testing.Texts;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts;

/// <summary>Damaged files of each format and encoding: detected, then refused or processed.</summary>
public sealed class TextFuzzTests
{
    private const int Seeds = 5;

    public static TheoryData<string> Samples => [.. TextSample.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Preprocess_MutatedFile_IsProcessedOrRefused(string name)
    {
        var sample = TextSample.All.Single(sample => sample.Name == name);
        var preprocessor = new TokenPreprocessor(
            new TokenSettings { Tokenizer = "tokenizer.json", Format = sample.Format }, TokenizerFixtures.Load("bert-cased"), new InputLimits());
        Assert.NotEmpty(preprocessor.Preprocess(sample.Content, ContentDetector.Detect(sample.Content).MediaType).Facts.Excerpt!);

        var report = PreprocessorFuzzer.Run(preprocessor, [sample.Content], Seeds, firstSeed: 0);

        Assert.Empty(report.Failures);
        Assert.Equal(Seeds, report.Processed + report.Refused);
    }
}
