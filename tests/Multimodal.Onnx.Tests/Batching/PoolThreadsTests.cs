using Multimodal.Onnx.Batching;

namespace Multimodal.Onnx.Tests.Batching;

public sealed class PoolThreadsTests
{
    [Fact]
    public async Task Batcher_WhileItLives_LeavesThePoolItsThreads()
    {
        // Many more than other batchers of tests that run meanwhile could add or take away.
        const int Runs = 500;
        var before = MinimumOfWorkers();

        await using (new DynamicBatcher<int, long>(new FakeBatchModel(), new BatchingOptions { MaximumBatch = 1, ConcurrentRuns = Runs, QueueLimit = 1 }))
        {
            Assert.InRange(MinimumOfWorkers(), before + (Runs / 2), before + (Runs * 3 / 2));
        }

        Assert.InRange(MinimumOfWorkers(), 1, before + (Runs / 2));
    }

    private static int MinimumOfWorkers()
    {
        ThreadPool.GetMinThreads(out var workers, out _);
        return workers;
    }
}
