using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>
/// What happens where ONNX Runtime itself fails to allocate: sessions on arenas of bounded size, and recordings of which few, one or none
/// fit into them.
/// </summary>
public sealed class MemoryLimitTests
{
    private const int Mels = 40, Long = 3000, Endless = 100_000;
    private const long Limit = 24 << 20;

    private static readonly ModelFolder Digits = new ModelRepository(TestPaths.Models).Load("digits");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_BatchThatDoesNotFit_IsHalvedAndAllAreAnswered()
    {
        using var bounded = new Encoders(new OnnxOptions { MemoryLimitBytes = Limit, MaximumBatch = 32, ConcurrentRuns = 1, TuningFolder = null });
        using var unbounded = new Encoders(new OnnxOptions { MaximumBatch = 1, TuningFolder = null });
        Features[] items = [.. Enumerable.Range(0, 32).Select(i => Recording(Long, i))];

        var opened = bounded.Factory.Opened;
        var embeddings = await bounded.Encoder.GenerateAsync(items, cancellationToken: Token);

        Assert.True(bounded.Factory.Opened > opened, "No session was opened anew: nothing ran out of memory.");
        Assert.Empty(bounded.Factory.Exhausted);
        var largest = EncodeLedger.Of(embeddings)!.LargestBatch;
        Assert.InRange(largest, 1, 16);
        for (var i = 0; i < items.Length; i++)
        {
            var alone = await unbounded.Encoder.GenerateAsync([items[i]], cancellationToken: Token);
            for (var d = 0; d < 128; d++)
            {
                Assert.Equal(alone[0].Vector.Span[d], embeddings[i].Vector.Span[d], 1e-3f);
            }
        }
    }

    [Fact]
    public async Task Generate_OneThatNeverFits_FailsAloneAndTyped()
    {
        using var bounded = new Encoders(new OnnxOptions { MemoryLimitBytes = Limit, MaximumBatch = 4, ConcurrentRuns = 1, TuningFolder = null });

        var good = Enumerable.Range(0, 6).Select(i => bounded.Encoder.GenerateAsync([Recording(200, i)], cancellationToken: Token)).ToArray();
        var bad = bounded.Encoder.GenerateAsync([Recording(Endless, 7)], cancellationToken: Token);

        var refusal = await Assert.ThrowsAsync<EncoderExhaustedException>(() => bad);
        Assert.Contains("digits/audio", refusal.Message, StringComparison.Ordinal);
        Assert.True(MemoryFaults.Is(refusal.InnerException!), refusal.InnerException!.Message);
        Assert.All(await Task.WhenAll(good), embeddings => Assert.Equal(128, embeddings[0].Vector.Length));
    }

    [Fact]
    public async Task Faults_AfterRepeatedWantOfMemory_AreToldUntilARunSucceeds()
    {
        using var bounded = new Encoders(new OnnxOptions { MemoryLimitBytes = Limit, ConcurrentRuns = 1, TuningFolder = null });
        var status = new OnnxRuntimeStatus(bounded.Factory);
        await bounded.Encoder.GenerateAsync([Recording(200, 0)], cancellationToken: Token);
        Assert.Empty(status.Faults);
        var opened = bounded.Factory.Opened;

        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<EncoderExhaustedException>(() => bounded.Encoder.GenerateAsync([Recording(Endless, i)], cancellationToken: Token));
        }

        Assert.Contains("digits/audio", Assert.Single(status.Faults), StringComparison.Ordinal);
        Assert.True(bounded.Factory.Opened > opened);

        Assert.Equal(128, (await bounded.Encoder.GenerateAsync([Recording(200, 1)], cancellationToken: Token))[0].Vector.Length);
        Assert.Empty(status.Faults);
    }

    [Fact]
    public async Task Generate_OtherNetworksOpenedWhileMemoryIsFull_IsStillBounded()
    {
        var options = new OnnxOptions { MemoryLimitBytes = Limit, MaximumBatch = 4, ConcurrentRuns = 1, TuningFolder = null };
        using var bounded = new Encoders(options);
        await bounded.Encoder.GenerateAsync([Recording(Long, 0), Recording(Long, 1)], cancellationToken: Token);

        // Their packed weights together are larger than an arena.
        Encoders[] others = [.. Enumerable.Range(0, 40).Select(_ => new Encoders(options))];
        try
        {
            await Task.WhenAll(others.Select(other => other.Encoder.GenerateAsync([Recording(200, 0)], cancellationToken: Token)));

            foreach (var encoder in (Encoders[])[bounded, others[0], others[^1]])
            {
                await Assert.ThrowsAsync<EncoderExhaustedException>(() => encoder.Encoder.GenerateAsync([Recording(Endless, 2)], cancellationToken: Token));
            }
        }
        finally
        {
            Array.ForEach(others, other => other.Dispose());
        }
    }

    [Theory]
    [InlineData(300 << 10, true)]
    [InlineData(1 << 20, false)]
    public void CreateEncoder_WeightsOf380Kilobytes_AreRefusedWhereTheyDoNotFit(long limit, bool isRefused)
    {
        var refusal = Record.Exception(() => new Encoders(new OnnxOptions { MemoryLimitBytes = limit, TuningFolder = null }).Dispose());

        Assert.Equal(isRefused, refusal is PipelineException { Message: var message } && message.Contains($"MemoryLimitBytes, {limit}", StringComparison.Ordinal));
        Assert.Equal(isRefused, refusal is not null);
    }

    [Fact]
    public void CreateEncoder_LimitBeyondWhatTheRuntimeTakes_IsRefused() => Assert.Contains(
        "4294967039",
        Assert.Throws<PipelineException>(() => new Encoders(new OnnxOptions { MemoryLimitBytes = 1L << 33, TuningFolder = null })).Message,
        StringComparison.Ordinal);

    private static Features Recording(int frames, int seed)
    {
        var random = new Random(seed);
        var values = new float[Mels * frames];
        foreach (ref var value in values.AsSpan())
        {
            value = (random.NextSingle() * 4) - 2;
        }

        return new Features(
            Modality.Audio,
            new Dictionary<string, HostTensor> { ["input_features"] = HostTensor.Create<float>(values, Mels, frames) },
            new InputFacts { MediaType = "test/random" });
    }

    private sealed class Encoders : IDisposable
    {
        public Encoders(OnnxOptions options)
        {
            Factory = new OnnxModelFactory(options);
            Encoder = Factory.CreateEncoder(Digits, Modality.Audio);
        }

        public OnnxModelFactory Factory { get; }

        public Microsoft.Extensions.AI.IEmbeddingGenerator<Features, Microsoft.Extensions.AI.Embedding<float>> Encoder { get; }

        public void Dispose() => Encoder.Dispose();
    }
}
