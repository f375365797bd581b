using CsCheck;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Tests.Fusion;

/// <summary>On a head whose logits are the embedding itself.</summary>
public sealed class ConfidenceWeightedFusionTests
{
    private static readonly ClassificationDefinition Definition = new() { Name = "letter", Model = "", Labels = ["a", "b", "c", "d"] };
    private static readonly Gen<float[]> Vector = Gen.Float[-10, 10].Array[4];

    [Fact]
    public void Fuse_OneModality_ReturnsItsEmbedding() =>
        Vector.Sample(vector =>
        {
            var fused = Fuse(2, [(Modality.Audio, vector)]);

            Assert.Equal(vector, fused.Vector);
            Assert.Equal(1, fused.EffectiveWeights![Modality.Audio]);
        });

    [Fact]
    public void Fuse_EmbeddingsAlike_ReturnsThem() =>
        Gen.Select(Vector, Gen.Double[0, 4]).Sample((vector, power) =>
        {
            var fused = Fuse(power, [(Modality.Image, vector), (Modality.Text, vector), (Modality.Audio, vector)]);

            Assert.All(fused.EffectiveWeights!.Values, share => Assert.Equal(1.0 / 3, share, 1e-9));
            Assert.All(vector.Zip(fused.Vector), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        });

    [Fact]
    public void Fuse_PowerZero_ReturnsTheMean() =>
        Gen.Select(Vector, Vector).Sample((image, text) =>
        {
            var fused = Fuse(0, [(Modality.Image, image), (Modality.Text, text)]);

            Assert.Equal(Weighted([(Modality.Image, image), (Modality.Text, text)]).Vector, fused.Vector);
        });

    [Fact]
    public void Fuse_AnyOrder_ReturnsTheSameBits() =>
        Gen.Select(Vector, Vector, Vector).Sample((image, text, audio) =>
            Assert.Equal(
                Fuse(1, [(Modality.Image, image), (Modality.Text, text), (Modality.Audio, audio)]).Vector,
                Fuse(1, [(Modality.Audio, audio), (Modality.Image, image), (Modality.Text, text)]).Vector));

    [Fact]
    public void Fuse_ZeroWeight_IsAsAbsent() =>
        Gen.Select(Vector, Vector, Vector).Sample((image, text, audio) =>
            Assert.Equal(
                Fuse(1, [(Modality.Image, image), (Modality.Audio, audio)]).Vector,
                Fuse(1, [(Modality.Image, image), (Modality.Text, text), (Modality.Audio, audio)], new() { [Modality.Text] = 0 }).Vector));

    [Fact]
    public void Fuse_CertainAndUncertain_FollowsTheCertainByItsPower()
    {
        float[] sure = [100, 0, 0, 0], torn = [200, 200, 0, 0];

        var shares = Fuse(2, [(Modality.Image, sure), (Modality.Text, torn)]).EffectiveWeights!;

        // The certainties are 1 and 1 − log 2 / log 4 = 1/2, squared 1 and 1/4.
        Assert.Equal(0.8, shares[Modality.Image], 9);
        Assert.Equal(0.2, shares[Modality.Text], 9);
    }

    [Fact]
    public void Fuse_WeightsOfTheJob_MultiplyTheCertainties()
    {
        float[] sure = [100, 0, 0, 0], torn = [200, 200, 0, 0];

        var shares = Fuse(1, [(Modality.Image, sure), (Modality.Text, torn)], new() { [Modality.Text] = 2 }).EffectiveWeights!;

        Assert.Equal(0.5, shares[Modality.Image], 9);
    }

    [Fact]
    public void Fuse_NobodyKnowsAnything_SharesAlike()
    {
        var fused = Fuse(3, [(Modality.Image, [1, 1, 1, 1]), (Modality.Text, [3, 3, 3, 3])]);

        Assert.Equal([2f, 2, 2, 2], fused.Vector);
    }

    private static FusedEmbedding Fuse(double power, (Modality Modality, float[] Vector)[] present, Dictionary<Modality, double>? weights = null)
    {
        using var task = new Classification(Definition, new EmbeddingHead());
        return Assert.Single(new ConfidenceWeightedFusion(() => task, power).Fuse([Input(present, weights)]));
    }

    private static FusedEmbedding Weighted((Modality, float[])[] present) =>
        Assert.Single(new WeightedFusion(new Dictionary<Modality, double>()).Fuse([Input(present, null)]));

    private static FusionInput Input((Modality Modality, float[] Vector)[] present, Dictionary<Modality, double>? weights) =>
        new(present.ToDictionary(item => item.Modality, item => (ReadOnlyMemory<float>)item.Vector), weights);

    private sealed class EmbeddingHead : ITaskHead
    {
        public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings) => [.. embeddings.Select(embedding => embedding.ToArray())];

        public void Dispose()
        {
        }
    }
}
