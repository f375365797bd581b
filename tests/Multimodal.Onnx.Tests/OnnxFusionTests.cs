using CsCheck;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests;

/// <summary>The learned methods of <c>digits</c>, against what PyTorch gave when they were trained, and the rules that all keep.</summary>
public sealed class OnnxFusionTests
{
    private const int Dimensions = 128;
    private const float Tolerance = 1e-4f;
    private static readonly ModelFolder Digits = new ModelRepository(TestPaths.Models).Load("digits");
    private static readonly OnnxModelFactory Factory = new(new OnnxOptions());
    private static readonly Modality[] Order = Enum.GetValues<Modality>();
    private static readonly Gen<float[]> Vector = Gen.Float[-8, 8].Array[Dimensions];

    public static TheoryData<string> Methods => [.. Digits.Definition.Fusion.Graphs.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fuse_ReferenceEmbeddings_GivesWhatPyTorchGave(string method)
    {
        var reference = Safetensors.Read(File.ReadAllBytes(Path.Combine(Digits.Path, "training", "fusion-reference.safetensors"))).Tensors;
        var embeddings = reference["embeddings"].AsSpan<float>().ToArray();
        var mask = reference["mask"].AsSpan<float>().ToArray();
        var expected = reference[$"{method}/fused"].AsSpan<float>().ToArray();
        var weights = reference.TryGetValue($"{method}/weights", out var tensor) ? tensor.AsSpan<float>().ToArray() : null;
        var (stacks, subsets) = (embeddings.Length / Order.Length / Dimensions, mask.Length / Order.Length);
        var inputs = Enumerable.Range(0, stacks).SelectMany(_ => Enumerable.Range(0, subsets), (stack, subset) => new FusionInput(
            Order.Where((_, m) => mask[(subset * Order.Length) + m] > 0).ToDictionary(
                modality => modality,
                modality => (ReadOnlyMemory<float>)embeddings.AsMemory(((stack * Order.Length) + (int)modality) * Dimensions, Dimensions)))).ToList();
        using var fusion = Open(method);

        var fused = fusion.Fusion.Fuse(inputs);

        Assert.Equal(stacks * subsets, fused.Count);
        for (var i = 0; i < fused.Count; i++)
        {
            AssertClose(expected.AsSpan(i * Dimensions, Dimensions), fused[i].Vector);
            Assert.Equal(weights is null, fused[i].EffectiveWeights is null);
            foreach (var (modality, share) in fused[i].EffectiveWeights ?? new Dictionary<Modality, double>())
            {
                Assert.Equal(weights![(i * Order.Length) + (int)modality], share, Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fuse_OneModality_ReturnsItsEmbedding(string method)
    {
        using var fusion = Open(method);
        Gen.Select(Vector, Gen.Int[0, 2]).Sample(
            (vector, modality) =>
            {
                var fused = fusion.Fuse([((Modality)modality, vector)]);

                Assert.Equal(vector, fused.Vector);
                Assert.Equal(1, fused.EffectiveWeights?[(Modality)modality] ?? 1, 1e-6);
            },
            iter: 30);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fuse_AnyOrder_ReturnsTheSameBits(string method)
    {
        using var fusion = Open(method);
        Gen.Select(Vector, Vector, Vector).Sample(
            (image, text, audio) => Assert.Equal(
                fusion.Fuse([(Modality.Image, image), (Modality.Text, text), (Modality.Audio, audio)]).Vector,
                fusion.Fuse([(Modality.Audio, audio), (Modality.Image, image), (Modality.Text, text)]).Vector),
            iter: 20);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fuse_ZeroWeight_IsAsAbsent(string method)
    {
        using var fusion = Open(method);
        Gen.Select(Vector, Vector, Vector).Sample(
            (image, text, audio) =>
            {
                var without = fusion.Fuse([(Modality.Image, image), (Modality.Audio, audio)]);
                var with = fusion.Fuse(
                    [(Modality.Image, image), (Modality.Text, text), (Modality.Audio, audio)], new() { [Modality.Text] = 0, [Modality.Image] = 1 });

                Assert.Equal(without.Vector, with.Vector);
                Assert.Equal(0, with.EffectiveWeights?[Modality.Text] ?? 0);
            },
            iter: 20);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fuse_Batch_EqualsEachAlone(string method)
    {
        using var fusion = Open(method);
        Gen.Select(Vector, Vector).Sample(
            (image, text) =>
            {
                FusionInput[] inputs = [Input([(Modality.Image, image)]), Input([(Modality.Image, image), (Modality.Text, text)]), Input([(Modality.Text, text)])];

                var together = fusion.Fusion.Fuse(inputs);

                for (var i = 0; i < inputs.Length; i++)
                {
                    AssertClose(Assert.Single(fusion.Fusion.Fuse([inputs[i]])).Vector, together[i].Vector);
                }
            },
            iter: 10);
    }

    [Theory]
    [InlineData("gated")]
    [InlineData("attention")]
    public void Fuse_MethodWithShares_TheySumToOne(string method)
    {
        using var fusion = Open(method);
        Gen.Select(Vector, Vector).Sample(
            (text, audio) => Assert.Equal(1, fusion.Fuse([(Modality.Text, text), (Modality.Audio, audio)]).EffectiveWeights!.Values.Sum(), 1e-5),
            iter: 20);
    }

    [Fact]
    public void Fuse_DifferentLengths_Throws()
    {
        using var fusion = Open("gated");

        Assert.Throws<ArgumentException>(() => fusion.Fuse([(Modality.Image, new float[Dimensions]), (Modality.Text, new float[3])]));
    }

    [Fact]
    public void CreateFusion_GraphThatIsNone_SaysWhatItLacks()
    {
        var graphs = new Dictionary<string, string> { ["gated"] = "digit-head.onnx" };
        var folder = Digits with { Definition = Digits.Definition with { Fusion = Digits.Definition.Fusion with { Graphs = graphs } } };

        Assert.Contains("embeddings", Assert.Throws<PipelineException>(() => Factory.CreateFusion(folder, "gated")).Message, StringComparison.Ordinal);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private static FusionInput Input((Modality Modality, float[] Vector)[] present, Dictionary<Modality, double>? weights = null) =>
        new(present.ToDictionary(item => item.Modality, item => (ReadOnlyMemory<float>)item.Vector), weights);

    private static OpenFusion Open(string method) => new(Factory.CreateFusion(Digits, method));

    private sealed record OpenFusion(IFusion Fusion) : IDisposable
    {
        public FusedEmbedding Fuse((Modality, float[])[] present, Dictionary<Modality, double>? weights = null) =>
            Assert.Single(Fusion.Fuse([Input(present, weights)]));

        public void Dispose() => ((IDisposable)Fusion).Dispose();
    }
}
