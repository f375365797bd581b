using CsCheck;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Tests.Tasks;

/// <summary>What becomes of logits: sigmoid, thresholds, scores fused by shares.</summary>
public sealed class LabelScoringTests
{
    private static readonly ClassificationDefinition Definition = new() { Name = "letter", Model = "head.onnx", Labels = ["a", "b", "c"] };

    [Fact]
    public void Execute_Sigmoid_ScoresEachLabelForItself()
    {
        var outcome = Execute(Definition with { Activation = LabelActivation.Sigmoid }, [2, -1, 0.1f]);

        Assert.Equal(["a", "c", "b"], outcome.Scores.Select(score => score.Label));
        Assert.Equal(1 / (1 + Math.Exp(-2)), outcome.ScoreOf("a"), 9);
        Assert.Equal(1 / (1 + Math.Exp(1)), outcome.ScoreOf("b"), 9);
        Assert.Equal(["a", "c"], outcome.Labels);
        Assert.Equal(outcome.ScoreOf("a") - outcome.ScoreOf("c"), outcome.Margin, 9);
    }

    [Fact]
    public void Execute_SigmoidWithThresholds_TheLabelsThatReachTheirs()
    {
        var definition = Definition with
        {
            Activation = LabelActivation.Sigmoid,
            Threshold = 0.6,
            Thresholds = new Dictionary<string, double> { ["a"] = 0.9, ["b"] = 0.2 },
        };

        Assert.Equal(["b"], Execute(definition, [2, -1, 0.1f]).Labels);
        Assert.Empty(Execute(definition, [2, -3, 0.1f]).Labels!);
    }

    [Fact]
    public void Execute_SoftmaxWithoutThresholds_SaysNothingOfThem() =>
        Assert.Null(Execute(Definition, [2, 1, 0]).Labels);

    [Fact]
    public void Execute_SoftmaxWithAThreshold_CountsItsLabelAlone()
    {
        var definition = Definition with { Thresholds = new Dictionary<string, double> { ["a"] = 0.6 } };

        Assert.Equal(["a"], Execute(definition, [2, 1, 0]).Labels);
        Assert.Empty(Execute(definition, [1, 2, 0]).Labels!);
    }

    [Fact]
    public void Execute_ScoresFused_TheyAreTheMeanByTheShares() =>
        Gen.Select(Gen.Float[-5, 5].Array[3], Gen.Float[-5, 5].Array[3], Gen.Double[0.01, 0.99]).Sample((image, text, share) =>
        {
            var fused = Execute(Definition, new() { [Modality.Image] = image, [Modality.Text] = text }, new() { [Modality.Image] = share, [Modality.Text] = 1 - share });
            var (first, second) = (Execute(Definition, image), Execute(Definition, text));

            Assert.All(Definition.Labels, label =>
                Assert.Equal((share * first.ScoreOf(label)) + ((1 - share) * second.ScoreOf(label)), fused.ScoreOf(label), 9));
            Assert.Equal(1, fused.Scores.Sum(score => score.Score), 9);
        });

    [Fact]
    public void Execute_ScoresFusedOfOneThatCounts_AreItsOwn()
    {
        float[] image = [1, 2, 3], text = [9, 0, 0];

        var fused = Execute(Definition, new() { [Modality.Image] = image, [Modality.Text] = text }, new() { [Modality.Image] = 1, [Modality.Text] = 0 });

        Assert.Equal(Execute(Definition, image).Scores, fused.Scores);
    }

    [Fact]
    public void Shorten_BestScores_KeepsThemAndThoseAskedFor()
    {
        var outcome = Execute(Definition, [3, 2, 1]);

        Assert.Equal(["a"], outcome.Shorten(1, new HashSet<string>()).Scores.Select(score => score.Label));
        Assert.Equal(["a", "c"], outcome.Shorten(1, new HashSet<string> { "c" }).Scores.Select(score => score.Label));
        Assert.Same(outcome, outcome.Shorten(null, new HashSet<string>()));
    }

    private static ScoredOutcome Execute(ClassificationDefinition definition, float[] logits) =>
        Run(definition, new FusedEmbedding(logits, null), new() { [Modality.Text] = logits });

    private static ScoredOutcome Execute(ClassificationDefinition definition, Dictionary<Modality, float[]> embeddings, Dictionary<Modality, double> shares) =>
        Run(definition, new FusedEmbedding([], shares), embeddings);

    private static ScoredOutcome Run(ClassificationDefinition definition, FusedEmbedding fused, Dictionary<Modality, float[]> embeddings)
    {
        using var task = new Classification(definition, new EchoHead());
        var input = new TaskInput(embeddings.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Value), fused, new TaskContext());
        var running = task.ExecuteAsync([input], TestContext.Current.CancellationToken);
        return (ScoredOutcome)Assert.Single(running.IsCompletedSuccessfully ? running.Result : throw new InvalidOperationException("It waits for something."));
    }

    private sealed class EchoHead : ITaskHead
    {
        public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings) => [.. embeddings.Select(embedding => embedding.ToArray())];

        public void Dispose()
        {
        }
    }
}
