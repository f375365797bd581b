using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Encoders;

/// <summary>Runs that are filled up to one size.</summary>
public sealed class FilledBatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Generate_FilledUp_GivesWhatItGivesOtherwise(int count)
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        using var plain = new OnnxModelFactory(new OnnxOptions { MaximumBatch = 1, TuningFolder = null }).CreateEncoder(folder, Modality.Image);
        using var filled = new OnnxModelFactory(new OnnxOptions { MaximumBatch = 4, FillBatches = true, WarmUp = true, TuningFolder = null })
            .CreateEncoder(folder, Modality.Image);
        var random = new Random(count);
        Features[] items = [.. Enumerable.Range(0, count).Select(_ => Picture(random))];

        var expected = await plain.GenerateAsync(items, cancellationToken: Token);
        var embeddings = await filled.GenerateAsync(items, cancellationToken: Token);

        Assert.Equal(count, embeddings.Count);
        for (var i = 0; i < count; i++)
        {
            for (var d = 0; d < 128; d++)
            {
                Assert.Equal(expected[i].Vector.Span[d], embeddings[i].Vector.Span[d], 1e-3f);
            }
        }
    }

    [Fact]
    public async Task Generate_FilledUpBeyondMemory_BecomesSmallerAndIsAnswered()
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        var factory = new OnnxModelFactory(
            new OnnxOptions { MaximumBatch = 32, ConcurrentRuns = 1, FillBatches = true, MemoryLimitBytes = 24 << 20, TuningFolder = null });
        using var encoder = factory.CreateEncoder(folder, Modality.Audio);
        var opened = factory.Opened;
        var recording = new Features(
            Modality.Audio,
            new Dictionary<string, HostTensor> { ["input_features"] = HostTensor.Create<float>(new float[40 * 3000], 40, 3000) },
            new InputFacts { MediaType = "test/silence" });

        Assert.Equal(2, (await encoder.GenerateAsync([recording, recording], cancellationToken: Token)).Count);
        Assert.True(factory.Opened > opened, "Nothing ran out of memory.");
    }

    private static Features Picture(Random random) => new(
        Modality.Image,
        new Dictionary<string, HostTensor>
        {
            ["pixel_values"] = HostTensor.Create<float>([.. Enumerable.Range(0, 28 * 28).Select(_ => random.NextSingle())], 1, 28, 28),
        },
        new InputFacts { MediaType = "test/random" });
}
