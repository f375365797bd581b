using CsCheck;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Tests.Tasks;

public sealed class ClassificationTests
{
    private static readonly ClassificationDefinition Definition = new() { Name = "letter", Model = "head.onnx", Labels = ["a", "b", "c"] };

    [Fact]
    public void Execute_Logits_GiveTheirSoftmaxInOrder()
    {
        var outcome = Execute([1, 3, 2]);

        var sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        Assert.Equal(("letter", "b"), (outcome.Task, outcome.Label));
        Assert.Equal(Math.Exp(3) / sum, outcome.Confidence, 9);
        Assert.Equal(["b", "c", "a"], outcome.Scores.Select(score => score.Label));
        Assert.Equal(Math.Exp(1) / sum, outcome.Scores[2].Score, 9);
    }

    [Fact]
    public void Execute_AnyFiniteLogits_GiveProbabilities() =>
        Gen.Float[-1e30f, 1e30f].Array[3].Sample(logits =>
        {
            var outcome = Execute(logits);

            Assert.Equal(1, outcome.Scores.Sum(score => score.Score), 9);
            Assert.All(outcome.Scores, score => Assert.InRange(score.Score, 0, 1));
            Assert.Equal(logits.Max(), logits[Definition.Labels.ToList().IndexOf(outcome.Label)]);
        });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Execute_LogitNotFinite_Throws(float logit) =>
        Assert.Throws<PipelineException>(() => Execute([0, logit, 0]));

    [Fact]
    public void Execute_HeadOfOtherLabels_Throws() => Assert.Throws<PipelineException>(() => Execute([1, 2]));

    private static ClassificationOutcome Execute(float[] logits)
    {
        using var task = new Classification(Definition, new FixedHead(logits));
        return Assert.Single(task.Classify([new float[] { 0 }]));
    }

    private sealed class FixedHead(float[] logits) : ITaskHead
    {
        public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings) => [.. embeddings.Select(_ => logits)];

        public void Dispose()
        {
        }
    }
}
