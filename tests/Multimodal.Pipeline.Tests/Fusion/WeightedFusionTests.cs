using CsCheck;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tests.Fusion;

public sealed class WeightedFusionTests
{
    private static readonly Gen<float[]> Vector = Gen.Float[-10, 10].Array[8];
    private static readonly Gen<Dictionary<Modality, double>> Weights =
        Gen.Double[0.01, 5].Array[3].Select(w => new Dictionary<Modality, double>
        {
            [Modality.Image] = w[0],
            [Modality.Text] = w[1],
            [Modality.Audio] = w[2],
        });

    [Fact]
    public void Fuse_OneModality_ReturnsItsEmbedding() =>
        Gen.Select(Vector, Weights).Sample((vector, weights) =>
        {
            var fused = Fuse(new WeightedFusion(weights), Present((Modality.Audio, vector)));

            Assert.Equal(vector, fused.Vector);
            Assert.Equal(1.0, fused.EffectiveWeights![Modality.Audio]);
        });

    [Fact]
    public void Fuse_EqualWeights_ReturnsTheMean() =>
        Gen.Select(Vector, Vector, Vector).Sample((image, text, audio) =>
        {
            var fused = Fuse(new WeightedFusion(new Dictionary<Modality, double>()), Present((Modality.Image, image), (Modality.Text, text), (Modality.Audio, audio)));

            for (var i = 0; i < image.Length; i++)
            {
                Assert.Equal((image[i] + text[i] + audio[i]) / 3, fused.Vector[i], 1e-4f);
            }
        });

    [Fact]
    public void Fuse_AnyOrder_ReturnsTheSameBits() =>
        Gen.Select(Vector, Vector, Vector, Weights).Sample((image, text, audio, weights) =>
        {
            var fusion = new WeightedFusion(weights);

            var one = Fuse(fusion, Present((Modality.Image, image), (Modality.Text, text), (Modality.Audio, audio)));
            var other = Fuse(fusion, Present((Modality.Audio, audio), (Modality.Text, text), (Modality.Image, image)));

            Assert.Equal(one.Vector, other.Vector);
        });

    [Fact]
    public void Fuse_ZeroWeight_IsAsAbsent() =>
        Gen.Select(Vector, Vector, Weights).Sample((image, text, weights) =>
        {
            var without = Fuse(new WeightedFusion(weights), Present((Modality.Image, image)));
            weights[Modality.Text] = 0;
            var with = Fuse(new WeightedFusion(weights), Present((Modality.Image, image), (Modality.Text, text)));

            Assert.Equal(without.Vector, with.Vector);
        });

    [Fact]
    public void Fuse_MissingModality_SharesItsWeightInProportion()
    {
        var weights = new Dictionary<Modality, double> { [Modality.Image] = 3, [Modality.Text] = 1, [Modality.Audio] = 4 };

        var fused = Fuse(new WeightedFusion(weights), Present((Modality.Image, [4f]), (Modality.Text, [8f])));

        Assert.Equal(0.75, fused.EffectiveWeights![Modality.Image], 12);
        Assert.Equal(0.25, fused.EffectiveWeights![Modality.Text], 12);
        Assert.Equal([5f], fused.Vector);
    }

    [Fact]
    public void Fuse_WeightsOfTheJob_ReplaceThePipelines()
    {
        var fusion = new WeightedFusion(new Dictionary<Modality, double> { [Modality.Image] = 1, [Modality.Text] = 1 });

        var fused = Fuse(
            fusion, Present((Modality.Image, [1f]), (Modality.Text, [5f])),
            new Dictionary<Modality, double> { [Modality.Image] = 3 });

        Assert.Equal([2f], fused.Vector);
    }

    [Fact]
    public void Fuse_EveryWeightZero_SharesAlike()
    {
        var weights = new Dictionary<Modality, double> { [Modality.Image] = 0, [Modality.Text] = 0 };

        var fused = Fuse(new WeightedFusion(weights), Present((Modality.Image, [1f]), (Modality.Text, [3f])));

        Assert.Equal([2f], fused.Vector);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fuse_UnusableWeight_Throws(double weight)
    {
        var fusion = new WeightedFusion(new Dictionary<Modality, double>());

        Assert.Throws<ArgumentException>(() => Fuse(
            fusion, Present((Modality.Image, [1f])), new Dictionary<Modality, double> { [Modality.Image] = weight }));
    }

    [Fact]
    public void Fuse_DifferentLengths_Throws() =>
        Assert.Throws<ArgumentException>(() => Fuse(new WeightedFusion(new Dictionary<Modality, double>()), Present((Modality.Image, [1f]), (Modality.Text, [1f, 2f]))));

    private static FusedEmbedding Fuse(
        WeightedFusion fusion, Dictionary<Modality, ReadOnlyMemory<float>> present, Dictionary<Modality, double>? weights = null) =>
        Assert.Single(fusion.Fuse([new FusionInput(present, weights)]));

    private static Dictionary<Modality, ReadOnlyMemory<float>> Present(params (Modality Modality, float[] Vector)[] items) =>
        items.ToDictionary(item => item.Modality, item => new ReadOnlyMemory<float>(item.Vector));
}
