using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests;

/// <summary>Encoders and heads on the networks of <c>digits</c>.</summary>
public sealed class OnnxModelFactoryTests
{
    private static readonly ModelFolder Digits = new ModelRepository(TestPaths.Models).Load("digits");
    private static readonly OnnxModelFactory Factory = new(new OnnxOptions { MaximumBatch = 4 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Modality.Image)]
    [InlineData(Modality.Text)]
    [InlineData(Modality.Audio)]
    public async Task Generate_BatchOfDifferentLengths_EqualsEachAlone(Modality modality)
    {
        using var encoder = Factory.CreateEncoder(Digits, modality);
        var random = new Random(7);
        Features[] items = [.. Enumerable.Range(0, 11).Select(i => RandomFeatures(modality, 5 + (i * 7 % 50), random))];

        var together = await encoder.GenerateAsync(items, cancellationToken: Token);

        for (var i = 0; i < items.Length; i++)
        {
            var alone = (await encoder.GenerateAsync([items[i]], cancellationToken: Token))[0].Vector;
            Assert.Equal(128, alone.Length);
            for (var d = 0; d < 128; d++)
            {
                Assert.Equal(alone.Span[d], together[i].Vector.Span[d], 1e-3f);
            }
        }
    }

    [Fact]
    public async Task Generate_Nothing_GivesNothing()
    {
        using var encoder = Factory.CreateEncoder(Digits, Modality.Text);

        Assert.Empty(await encoder.GenerateAsync([], cancellationToken: Token));
    }

    [Fact]
    public async Task Generate_Cancelled_Stops()
    {
        using var encoder = Factory.CreateEncoder(Digits, Modality.Text);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.GenerateAsync(
            [RandomFeatures(Modality.Text, 9, new Random(1))], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Generate_ConcurrentCalls_EachGetTheirOwn()
    {
        using var encoder = Factory.CreateEncoder(Digits, Modality.Text);
        var random = new Random(3);
        Features[] items = [.. Enumerable.Range(0, 8).Select(_ => RandomFeatures(Modality.Text, 20, random))];
        var expected = await encoder.GenerateAsync(items, cancellationToken: Token);

        var results = await Task.WhenAll(items.Select(item => encoder.GenerateAsync([item], cancellationToken: Token)));

        for (var i = 0; i < items.Length; i++)
        {
            Assert.Equal(expected[i].Vector.Span[0], results[i][0].Vector.Span[0], 1e-3f);
        }
    }

    [Fact]
    public void GetService_Metadata_NamesModelAndDimensions()
    {
        using var encoder = Factory.CreateEncoder(Digits, Modality.Image);

        var metadata = encoder.GetService<EmbeddingGeneratorMetadata>();

        Assert.Equal(("image-encoder", 128), (metadata!.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public async Task Generate_FeaturesOfAnotherShape_AreRefused()
    {
        using var encoder = Factory.CreateEncoder(Digits, Modality.Image);
        var small = Features(Modality.Image, "pixel_values", HostTensor.Create<float>(new float[14 * 14], 1, 14, 14));

        var e = await Assert.ThrowsAsync<PipelineException>(() => encoder.GenerateAsync([small], cancellationToken: Token));

        Assert.Contains("pixel_values", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_FeaturesOfAnotherModality_AreRefused()
    {
        using var encoder = Factory.CreateEncoder(Digits, Modality.Image);

        await Assert.ThrowsAsync<PipelineException>(() => encoder.GenerateAsync(
            [RandomFeatures(Modality.Text, 9, new Random(1))], cancellationToken: Token));
    }

    [Fact]
    public void Evaluate_Batch_EqualsEachAlone()
    {
        using var head = Factory.CreateHead(Digits, "digit-head.onnx");
        var random = new Random(5);
        ReadOnlyMemory<float>[] embeddings =
            [.. Enumerable.Range(0, 9).Select(_ => (ReadOnlyMemory<float>)Enumerable.Range(0, 128).Select(_ => random.NextSingle()).ToArray())];

        var together = head.Evaluate(embeddings);

        for (var i = 0; i < embeddings.Length; i++)
        {
            Assert.Equal(10, together[i].Length);
            Assert.Equal(head.Evaluate([embeddings[i]])[0][3], together[i][3], 1e-3f);
        }
    }

    [Fact]
    public void CreateEncoder_ModelWithoutItsInput_IsRefused()
    {
        var e = Assert.Throws<PipelineException>(() => Factory.CreateEncoder(With(Modality.Image, "digit-head.onnx", 128), Modality.Image));

        Assert.Contains("pixel_values", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateEncoder_ModelOfOtherDimensions_IsRefused() =>
        Assert.Contains(
            "[N,64]",
            Assert.Throws<PipelineException>(() => Factory.CreateEncoder(With(Modality.Image, "image-encoder.onnx", 64), Modality.Image)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void CreateHead_EncoderInItsPlace_IsRefused() =>
        Assert.Throws<PipelineException>(() => Factory.CreateHead(Digits, "image-encoder.onnx"));

    [Fact]
    public void CreateEncoder_TruncatedFile_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("multimodal-test-");
        try
        {
            var bytes = File.ReadAllBytes(Digits.PathOf("image-encoder.onnx"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "image-encoder.onnx"), bytes[..(bytes.Length / 2)]);

            var e = Assert.Throws<PipelineException>(() => Factory.CreateEncoder(Digits with { Path = folder.FullName }, Modality.Image));

            Assert.Contains(folder.FullName, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ModelFolder With(Modality modality, string model, int dimensions) => Digits with
    {
        Definition = Digits.Definition with
        {
            Encoders = new Dictionary<Modality, EncoderDefinition>(Digits.Definition.Encoders)
            {
                [modality] = Digits.Definition.Encoders[modality] with { Model = model, Dimensions = dimensions },
            },
        },
    };

    private static Features RandomFeatures(Modality modality, int length, Random random) => modality switch
    {
        Modality.Image => Features(modality, "pixel_values", HostTensor.Create<float>(Floats(28 * 28, random), 1, 28, 28)),
        Modality.Text => Features(
            modality, "input_ids", HostTensor.Create<long>([.. Enumerable.Range(0, length).Select(_ => (long)random.Next(2, 40))], length)),
        _ => Features(modality, "input_features", HostTensor.Create<float>(Floats(40 * length, random), 40, length)),
    };

    private static float[] Floats(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];

    private static Features Features(Modality modality, string name, HostTensor tensor) =>
        new(modality, new Dictionary<string, HostTensor> { [name] = tensor }, new InputFacts { MediaType = "test/random" });
}
