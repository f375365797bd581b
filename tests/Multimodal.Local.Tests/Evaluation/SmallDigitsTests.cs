using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Evaluation;

/// <summary>The pruned pipeline against the one that it was cut from.</summary>
public sealed class SmallDigitsTests
{
    private const string Whole = "digits";
    private const string Small = "digits-small";
    private const double GreatestShare = 0.4;

    [Theory]
    [InlineData("image-encoder.onnx")]
    [InlineData("audio-encoder.onnx")]
    [InlineData("text-encoder.onnx")]
    public void Encoder_OfSmallDigits_HasAtMostFortyPercentOfTheSize(string file)
    {
        var whole = new FileInfo(Path.Combine(TestPaths.Models, Whole, file)).Length;

        Assert.InRange(new FileInfo(Path.Combine(TestPaths.Models, Small, file)).Length, 1, GreatestShare * whole);
    }

    [Fact]
    public void HeadAndFusion_OfSmallDigits_AreThoseOfDigits()
    {
        var repository = new ModelRepository(TestPaths.Models);
        var (whole, small) = (repository.Load(Whole).Definition, repository.Load(Small).Definition);

        Assert.All(
            small.Files.Keys.Where(file => file.StartsWith("fusion-", StringComparison.Ordinal) || file == "digit-head.onnx"),
            file => Assert.Equal(whole.Files[file], small.Files[file]));
    }

    [Fact]
    public async Task EvaluateAsync_SmallDigits_LosesNoMoreThanIsAllowed()
    {
        var data = TestPaths.Data();
        var (whole, small) = (await EvaluateAsync(Whole, data), await EvaluateAsync(Small, data));

        AssertErrors(whole, small, Modality.Image, 2000, 6);
        AssertErrors(whole, small, Modality.Audio, 300, 2);
        AssertErrors(whole, small, Modality.Text, 2000, 6);
        Assert.True(small.Gain!.Difference.Low > 0, $"All three are better than one by {small.Gain.Difference}.");
    }

    private static void AssertErrors(EvaluationReport whole, EvaluationReport small, Modality modality, int total, int allowed)
    {
        Assert.InRange(Errors(small) - Errors(whole), -total, allowed);

        int Errors(EvaluationReport report)
        {
            var items = report.Subsets.Single(subset => subset.Modalities is [var only] && only == modality).Items!;
            Assert.Equal(total, items.Count);
            return (int)Math.Round((1 - items.Clean!.Value) * total);
        }
    }

    private static async Task<EvaluationReport> EvaluateAsync(string name, string data)
    {
        using var pipeline = new LoadedPipeline(
            new ModelRepository(TestPaths.Models).Load(name),
            new PreprocessorFactory(new NoImages(), new InputLimits()),
            new OnnxModelFactory(new OnnxOptions()));
        var settings = new EvaluationSettings { Pipeline = name, Models = TestPaths.Models, Data = data, Resamples = 100 };
        var items = EvaluationDataReader.Read(
            data, Path.Combine(TestPaths.Models, Whole, "evaluation", "texts.jsonl"), EvaluatedTask.Of(pipeline.Definition).Labels);
        return await new Evaluator(pipeline, items, settings, new NoProgress()).EvaluateAsync(TestContext.Current.CancellationToken);
    }
}
