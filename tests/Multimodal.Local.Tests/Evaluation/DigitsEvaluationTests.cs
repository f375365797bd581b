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

/// <summary>The trained pipeline on the real test splits.</summary>
public sealed class DigitsEvaluationTests
{
    [Fact]
    public async Task EvaluateAsync_Digits_AgreesWithTheTrainingAndGainsByFusion()
    {
        var data = TestPaths.Data();
        using var pipeline = Load();
        var settings = new EvaluationSettings { Pipeline = "digits", Models = TestPaths.Models, Data = data, Resamples = 200 };
        var items = EvaluationDataReader.Read(
            data, Path.Combine(pipeline.Folder.Path, "evaluation", "texts.jsonl"), EvaluatedTask.Of(pipeline.Definition).Labels);

        var report = await new Evaluator(pipeline, items, settings, new NoProgress()).EvaluateAsync(TestContext.Current.CancellationToken);

        AssertAgreement(report, Modality.Image, 2000, 4);
        AssertAgreement(report, Modality.Audio, 300, 1);
        Assert.True(report.Gain!.Difference.Low > 0, $"All three are better than one by {report.Gain.Difference}.");
        Assert.All(
            report.Subsets.Where(subset => subset.Control is not null),
            subset => Assert.True(subset.Control!.Degraded!.High < subset.Pairs.Degraded!.Low, $"{subset.Name} gains without the pairing."));
    }

    private static void AssertAgreement(EvaluationReport report, Modality modality, int total, int allowed)
    {
        var agreement = report.Agreement!.Single(item => item.Modality == modality);
        Assert.Equal(total, agreement.Total);
        Assert.InRange(agreement.Differing.Count, 0, allowed);
    }

    private static LoadedPipeline Load()
    {
        Requirements.Need(
            "models",
            File.Exists(Path.Combine(TestPaths.Models, "digits", ReferencePredictions.File)),
            "train the pipeline by models/digits/training/train.py.");
        return new LoadedPipeline(
            new ModelRepository(TestPaths.Models).Load("digits"),
            new PreprocessorFactory(new NoImages(), new InputLimits()),
            new OnnxModelFactory(new OnnxOptions()));
    }
}
