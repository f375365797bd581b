using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Methods;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Tests.Evaluation.Methods;

/// <summary>
/// Planted embeddings: pictures and recordings always say their label; texts say it in three of four cases, else strongly the next one.
/// </summary>
public sealed class MethodComparisonTests : IDisposable
{
    private const int Count = 1000;
    private static readonly string[] Items = [.. Enumerable.Range(0, Count).Select(i => PlantedPipeline.Labels[i % 10])];
    private readonly LoadedPipeline _pipeline = PlantedPipeline.Create();

    [Fact]
    public void Compose_PlantedEmbeddings_TellsWhatEachMethodReaches()
    {
        var report = Report();

        Assert.Equal([ComparedMethod.Equal, "weighted", "confidence-weighted"], report.Methods.Select(method => method.Name));
        Assert.Equal("weighted", Assert.Single(report.Methods, method => method.IsDefault).Name);
        foreach (var method in report.Methods)
        {
            Assert.Equal(7, method.Subsets.Count);
            Assert.Equal(1, Accuracy(method, Modality.Image));
            Assert.Equal(0.75, Accuracy(method, Modality.Text), 2);
        }

        // Alike by construction, so that nothing lies between them.
        Assert.Equal(0, report.Methods[1].OverEqual!.Value);
        Assert.Null(report.Methods[0].OverEqual);
    }

    [Fact]
    public void Compose_MissingInputs_AreJudgedOnWhatIsLeft()
    {
        var weighted = Report().Methods[1];

        Assert.Equal(10, weighted.Missing.Count);
        Assert.Equal(Count, weighted.Missing[0].Score.Count);

        // A pair is lost where all three are missing: one in eight at half.
        Assert.InRange(weighted.Missing[MissingInputs.Half].Score.Count, 820, 930);
        Assert.True(weighted.Missing[9].Score.Clean!.Value < weighted.Missing[0].Score.Clean!.Value);
        Assert.Equal(weighted.Subsets[^1].Score.Clean, weighted.Missing[0].Score.Clean);
        Assert.True(weighted.BehindBest.Clean!.Value >= 0);
    }

    [Fact]
    public void Compose_ShuffledControl_IsRightByChanceAndContributesNothing()
    {
        foreach (var control in Report().Control)
        {
            // Five standard deviations of a binomial of 1,000 and 0.1 are 0.047.
            Assert.InRange(control.Alone.Clean!.Value, 0.053, 0.147);
            Assert.True(control.Contribution.Clean > 0.05, $"{control.Modality} contributes {control.Contribution.Clean}.");

            // It speaks for other labels as firmly as before, and so takes away.
            Assert.True(control.ShuffledContribution.Clean < 0.02, $"{control.Modality} contributes {control.ShuffledContribution.Clean} by chance.");
        }
    }

    [Fact]
    public void Compose_SureAndRightVerdicts_HaveACalibrationErrorOfWhatTheyLack()
    {
        var equal = Report().Methods[0];
        var confidence = Math.Exp(4) / (Math.Exp(4) + 9);

        // Texts that are wrong are outvoted by two, so all verdicts on whole pairs are right; how sure they are depends on the text.
        Assert.Equal(1, equal.Subsets[^1].Score.Clean!.Value);
        Assert.InRange(equal.CalibrationError.Clean, 0.9 * (1 - confidence), 0.5);
    }

    public void Dispose() => _pipeline.Dispose();

    private static double Accuracy(MethodReport method, Modality modality) =>
        method.Subsets.Single(subset => subset.Modalities.SequenceEqual([modality])).Score.Clean!.Value;

    private MethodsReport Report()
    {
        var encoded = Enum.GetValues<Condition>().ToDictionary(
            condition => condition,
            IReadOnlyDictionary<Modality, EncodedItems> (_) => Enum.GetValues<Modality>().ToDictionary(
                modality => modality, modality => new EncodedItems([.. Items.Select((label, i) => Embed(modality, label, i))], [])));
        var pairs = new ComparedPairs(PairSampler.ByLabel(Items, Items, Items, 1), Items, 1);
        var judge = new MethodJudge(_pipeline, encoded);
        var methods = ComparedMethod.Of(_pipeline);
        var own = methods.Single(method => method.IsDefault);
        var comparison = new MethodComparison(
            pairs,
            judge.Prior,
            [.. methods.Select(method => new MethodTrials(method, judge, pairs))],
            [.. Enum.GetValues<Modality>().Select(modality => ShuffledControl.Run(own, judge, pairs, PairSampler.Shuffle(pairs.Pairs, modality, 1), modality))]);
        var bootstrap = PigeonholeBootstrap.Run(
            [.. comparison.All], Enum.GetValues<Modality>().ToDictionary(modality => modality, _ => Count), 20, 1, TestContext.Current.CancellationToken);
        return new MethodsComposer(comparison, EvaluatedTask.Of(_pipeline.Definition), bootstrap).Compose();
    }

    private static float[] Embed(Modality modality, string label, int item) =>
        PlantedPipeline.Embedding(modality == Modality.Text && item / 10 % 4 == 0 ? PlantedPipeline.Labels[(item + 1) % 10] : label, 4);
}
