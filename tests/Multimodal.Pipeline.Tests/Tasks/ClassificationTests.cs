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
    [InlineData("gated", 2)]
    [InlineData("attention", 0.5)]
    [InlineData(null, 0.5)]
    public void Classify_Temperature_DividesTheLogitsAndKeepsTheVerdict(string? method, double temperature)
    {
        var definition = Definition with { Temperatures = new Dictionary<string, double> { ["gated"] = 2, [ClassificationDefinition.AnyMethod] = 0.5 } };
        using var task = new Classification(definition, new FixedHead([1, 3, 2]));

        var outcome = Assert.Single(task.Classify([new float[] { 0 }], method));

        var exponentials = new[] { 1, 3, 2 }.Select(logit => Math.Exp(logit / temperature)).ToList();
        Assert.Equal("b", outcome.Label);
        Assert.Equal(exponentials[1] / exponentials.Sum(), outcome.Confidence, 9);
    }

    [Fact]
    public void CertaintiesOf_EvenAndSureLogits_AreNoneAndAll()
    {
        Assert.Equal(0, Certainty([5, 5, 5]), 9);
        Assert.Equal(1, Certainty([100, 0, 0]), 9);

        // H of 1/2, 1/2, 0 is log 2.
        Assert.Equal(1 - (Math.Log(2) / Math.Log(3)), Certainty([200, 200, 0]), 9);

        static double Certainty(float[] logits)
        {
            using var task = new Classification(Definition, new FixedHead(logits));
            return Assert.Single(task.CertaintiesOf([new float[] { 0 }]));
        }
    }

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
