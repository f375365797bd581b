using CsCheck;
using Multimodal.Onnx.Batching;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Tests.Batching;

public sealed class DynamicBatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_RandomArrival_EachGetsItsOwn() =>
        await Gen.Select(Gen.Int[1, 40], Gen.Int[1, 9], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Double[0, 1], Gen.Bool).SampleAsync(
            async (callers, maximum, runs, delay, share, powersOfTwo) =>
            {
                var model = new FakeBatchModel();
                await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions
                {
                    MaximumBatch = maximum,
                    ConcurrentRuns = runs,
                    MaximumDelay = TimeSpan.FromMilliseconds(delay),
                    MaximumPaddingShare = share,
                    PowersOfTwo = powersOfTwo,
                });
                var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
                {
                    var random = new Random(caller);
                    var own = true;
                    for (var i = 0; i < 10; i++)
                    {
                        var item = random.Next(200_000);
                        own &= (await batcher.EnqueueAsync(item, (RequestPriority)(item % 2), Token)).Result == (long)item * item;
                        if (item % 7 == 0)
                        {
                            await Task.Yield();
                        }
                    }

                    return own;
                }));

                return results.All(own => own)
                    && model.Runs.Sum(run => run.Length) == callers * 10
                    && model.Runs.All(run => run.Length <= maximum && run.Select(model.KindOf).Distinct().Count() == 1)
                    && model.Runs.All(run => !powersOfTwo || run.Length == maximum || int.IsPow2(run.Length))
                    && model.Runs.All(run => PaddingOf(run) <= share + 1e-9);
            },
            iter: 60);

    [Fact]
    public async Task Enqueue_LoneRequest_RunsAtOnceAlone()
    {
        var model = new FakeBatchModel();
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions());

        Assert.Equal(49, (await batcher.EnqueueAsync(7, RequestPriority.Interactive, Token)).Result);
        Assert.Equal([[7]], model.Runs);
    }

    [Fact]
    public async Task Enqueue_WhileARunIsAtWork_GathersForTheNext()
    {
        var (model, gate) = Gated();
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions { MaximumBatch = 4 });
        var first = batcher.EnqueueAsync(1, RequestPriority.Interactive, Token);
        await UntilAsync(() => model.Runs.Count == 1);
        var others = Enumerable.Range(2, 6).Select(item => batcher.EnqueueAsync(item * 100, RequestPriority.Interactive, Token)).ToArray();

        gate.Set();
        await Task.WhenAll([first, .. others]).WaitAsync(Patience, Token);

        Assert.Equal([1, 4, 2], model.Runs.Select(run => run.Length));
    }

    [Fact]
    public async Task Enqueue_WithDelay_WaitsForOthersButNotForLong()
    {
        var model = new FakeBatchModel();
        await using var batcher = new DynamicBatcher<int, long>(
            model, new BatchingOptions { MaximumBatch = 8, MaximumDelay = TimeSpan.FromMilliseconds(200) });

        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => batcher.EnqueueAsync(i * 100, RequestPriority.Interactive, Token))).WaitAsync(Patience, Token);

        Assert.Equal([3], model.Runs.Select(run => run.Length));
    }

    [Fact]
    public async Task Enqueue_BeyondTheLimit_IsRefusedAndOthersGoOn()
    {
        var (model, gate) = Gated();
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions { QueueLimit = 2, MaximumBatch = 1 });
        var running = batcher.EnqueueAsync(1, RequestPriority.Interactive, Token);
        await UntilAsync(() => model.Runs.Count == 1);
        Task<BatchedResult<long>>[] waiting = [batcher.EnqueueAsync(2, RequestPriority.Interactive, Token), batcher.EnqueueAsync(3, RequestPriority.Bulk, Token)];

        var refusal = await Assert.ThrowsAsync<EncoderBusyException>(() => batcher.EnqueueAsync(4, RequestPriority.Interactive, Token));

        gate.Set();
        Assert.Contains("'fake' has 2 requests waiting", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1, 4, 9], await ResultsOf([running, .. waiting]));
    }

    [Fact]
    public async Task Enqueue_Cancelled_FreesItsPlace()
    {
        var (model, gate) = Gated();
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions { QueueLimit = 1, MaximumBatch = 1 });
        var running = batcher.EnqueueAsync(1, RequestPriority.Interactive, Token);
        await UntilAsync(() => model.Runs.Count == 1);
        using var cancellation = new CancellationTokenSource();
        var given = batcher.EnqueueAsync(2, RequestPriority.Interactive, cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        var next = batcher.EnqueueAsync(3, RequestPriority.Interactive, Token);

        gate.Set();
        Assert.Equal([1, 9], await ResultsOf(running, next));
        Assert.DoesNotContain(model.Runs, run => run.Contains(2));
    }

    [Fact]
    public async Task Enqueue_InteractiveAfterBulk_GoesFirst()
    {
        var (model, gate) = Gated();
        await using var batcher = new DynamicBatcher<int, long>(
            model, new BatchingOptions { MaximumBatch = 1, BulkPatience = TimeSpan.FromMinutes(1) });
        var running = batcher.EnqueueAsync(1, RequestPriority.Interactive, Token);
        await UntilAsync(() => model.Runs.Count == 1);
        Task[] waiting = [batcher.EnqueueAsync(2, RequestPriority.Bulk, Token), batcher.EnqueueAsync(3, RequestPriority.Interactive, Token)];

        gate.Set();
        await Task.WhenAll([running, .. waiting]).WaitAsync(Patience, Token);

        Assert.Equal([[1], [3], [2]], model.Runs);
    }

    [Fact]
    public async Task Enqueue_BulkThatHasLostItsPatience_IsNotStarved()
    {
        var (model, gate) = Gated();
        await using var batcher = new DynamicBatcher<int, long>(
            model, new BatchingOptions { MaximumBatch = 1, BulkPatience = TimeSpan.Zero });
        var running = batcher.EnqueueAsync(1, RequestPriority.Interactive, Token);
        await UntilAsync(() => model.Runs.Count == 1);
        Task[] waiting = [batcher.EnqueueAsync(3, RequestPriority.Interactive, Token), batcher.EnqueueAsync(2, RequestPriority.Bulk, Token)];

        gate.Set();
        await Task.WhenAll([running, .. waiting]).WaitAsync(Patience, Token);

        Assert.Equal([[1], [2], [3]], model.Runs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Enqueue_OneBadItem_FailsAlone(int runs)
    {
        var model = new FakeBatchModel
        {
            During = items => _ = items.Contains(1300) ? throw new InvalidOperationException("bad") : 0,
        };
        await using var batcher = new DynamicBatcher<int, long>(
            model, new BatchingOptions { MaximumBatch = 16, ConcurrentRuns = runs, MaximumDelay = TimeSpan.FromMilliseconds(50) });

        var tasks = Enumerable.Range(0, 32).Select(i => batcher.EnqueueAsync(i * 100, RequestPriority.Interactive, Token)).ToArray();

        for (var i = 0; i < tasks.Length; i++)
        {
            if (i == 13)
            {
                Assert.Equal("bad", (await Assert.ThrowsAsync<InvalidOperationException>(() => tasks[13])).Message);
            }
            else
            {
                Assert.Equal([(long)i * i * 10_000], await ResultsOf(tasks[i]));
            }
        }

        Assert.True(batcher.IsHealthy);
    }

    [Fact]
    public async Task Enqueue_OutOfMemoryAboveASize_HalvesAndGoesOn()
    {
        var model = new FakeBatchModel
        {
            During = items => _ = items.Count > 3 ? throw new InsufficientMemoryException() : 0,
        };
        await using var batcher = new DynamicBatcher<int, long>(
            model, new BatchingOptions { MaximumBatch = 16, MaximumDelay = TimeSpan.FromMilliseconds(50) });

        var results = await ResultsOf(
            [.. Enumerable.Range(0, 64).Select(i => batcher.EnqueueAsync(i * 100, RequestPriority.Interactive, Token))]);

        Assert.Equal(Enumerable.Range(0, 64).Select(i => (long)i * i * 10_000), results);
        Assert.True(batcher.IsHealthy);
        Assert.InRange(batcher.MaximumBatch, 1, 4);
        Assert.InRange(model.Recycled, 1, 10);
    }

    [Fact]
    public async Task Enqueue_OutOfMemoryAgainAndAgain_IsUnhealthyUntilARunSucceeds()
    {
        var broken = true;
        var model = new FakeBatchModel { During = items => _ = broken ? throw new InsufficientMemoryException() : items };
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions());

        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<EncoderExhaustedException>(() => batcher.EnqueueAsync(1, RequestPriority.Interactive, Token));
        }

        Assert.False(batcher.IsHealthy);
        broken = false;
        Assert.Equal([4], await ResultsOf(batcher.EnqueueAsync(2, RequestPriority.Interactive, Token)));
        Assert.True(batcher.IsHealthy);
    }

    [Fact]
    public async Task MaximumBatch_AfterManyGoodRuns_GrowsAgain()
    {
        var broken = true;
        var model = new FakeBatchModel { During = items => _ = broken ? throw new InsufficientMemoryException() : items };
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions { MaximumBatch = 4 });
        await Assert.ThrowsAsync<EncoderExhaustedException>(() => batcher.EnqueueAsync(1, RequestPriority.Interactive, Token));
        Assert.Equal(1, batcher.MaximumBatch);

        broken = false;
        for (var i = 0; i < 128; i++)
        {
            await batcher.EnqueueAsync(i, RequestPriority.Interactive, Token);
        }

        Assert.Equal(4, batcher.MaximumBatch);
    }

    [Fact]
    public async Task Dispose_WithWaiting_FailsThemAndWaitsForWhatRuns()
    {
        var (model, gate) = Gated();
        var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions { MaximumBatch = 1 });
        var running = batcher.EnqueueAsync(1, RequestPriority.Interactive, Token);
        await UntilAsync(() => model.Runs.Count == 1);
        var waiting = batcher.EnqueueAsync(2, RequestPriority.Interactive, Token);

        var disposal = batcher.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.False(disposal.IsCompleted);

        gate.Set();
        Assert.Equal([1], await ResultsOf(running));
        await disposal.WaitAsync(Patience, Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.EnqueueAsync(3, RequestPriority.Interactive, Token));
    }

    private static async Task<IEnumerable<long>> ResultsOf(params Task<BatchedResult<long>>[] tasks) =>
        (await Task.WhenAll(tasks).WaitAsync(Patience, Token)).Select(item => item.Result);

    private static double PaddingOf(int[] run)
    {
        var longest = run.Max(item => item % 100);
        return longest == 0 ? 0 : 1 - ((double)run.Sum(item => item % 100) / (run.Length * longest));
    }

    // A model whose first run waits for the gate.
    private static (FakeBatchModel Model, ManualResetEventSlim Gate) Gated()
    {
        var gate = new ManualResetEventSlim();
        return (new FakeBatchModel { During = _ => gate.Wait(Patience) }, gate);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, "It did not come about in time.");
            await Task.Delay(1, Token);
        }
    }
}
