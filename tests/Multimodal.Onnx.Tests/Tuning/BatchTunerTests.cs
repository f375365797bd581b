using Multimodal.Onnx.Tuning;

namespace Multimodal.Onnx.Tests.Tuning;

public sealed class BatchTunerTests
{
    // Items a second by batch size, as measured on two cores: a recurrent network that likes batches of 4, one run at once.
    private static readonly Dictionary<int, double> Recurrent = new() { [1] = 1963, [2] = 3100, [4] = 4017, [8] = 3300, [16] = 2500, [32] = 2096 };

    [Fact]
    public void Search_RecurrentNetwork_FindsItsKneeAndStopsBeyond()
    {
        var points = BatchTuner.Search(2, 2, 32, TimeSpan.FromSeconds(1), (batch, runs, threads) => Point(batch, runs, threads, Recurrent[batch]));

        var knee = BatchTuner.FindKnee(points);
        Assert.Equal((4, 1, 1), (knee.Batch, knee.Runs, knee.Threads));
        Assert.DoesNotContain(points, point => point.Batch == 32);
        Assert.Equal([(1, 1), (2, 1), (1, 2)], points.Select(point => (point.Runs, point.Threads)).Distinct());
    }

    [Fact]
    public void FindKnee_BatchesThatGainNothing_TakesTheShortestRun()
    {
        var points = BatchTuner.Search(1, 1, 32, TimeSpan.FromSeconds(100), (batch, runs, threads) => Point(batch, runs, threads, 45 + (batch * 0.01)));

        Assert.Equal(1, BatchTuner.FindKnee(points).Batch);
        Assert.Equal(6, points.Count);
    }

    [Fact]
    public void Search_RunsThatTakeTooLong_TriesNoLargerOnes()
    {
        var points = BatchTuner.Search(1, 1, 32, TimeSpan.FromMilliseconds(100), (batch, runs, threads) => Point(batch, runs, threads, 45));

        Assert.Equal([1, 2, 4, 8], points.Select(point => point.Batch));
    }

    [Fact]
    public void Search_ManyCores_NeverUsesMoreThreadsThanThereAre()
    {
        var points = BatchTuner.Search(6, 6, 1, TimeSpan.FromSeconds(1), (batch, runs, threads) => Point(batch, runs, threads, 1));

        Assert.All(points, point => Assert.InRange(point.Runs * point.Threads, 1, 6));
        Assert.Contains(points, point => point is { Runs: 6, Threads: 1 });
        Assert.Contains(points, point => point is { Runs: 1, Threads: 6 });
    }

    [Fact]
    public void Search_OnADevice_TriesRunsAtOnceWithOneThreadEach()
    {
        var points = BatchTuner.Search(4, 1, 8, TimeSpan.FromSeconds(1), (batch, runs, threads) => Point(batch, runs, threads, batch * runs));

        Assert.Equal([(1, 1), (2, 1), (4, 1)], points.Select(point => (point.Runs, point.Threads)).Distinct());
        Assert.Equal((8, 4), (BatchTuner.FindKnee(points).Batch, BatchTuner.FindKnee(points).Runs));
    }

    [Fact]
    public void Measure_CountsTheItemsOfAllRuns()
    {
        using var model = new SleepingModel();

        var point = BatchMeter.Measure(model, 3, 2, 1, TimeSpan.FromMilliseconds(60), TestContext.Current.CancellationToken);

        // Ten milliseconds and more a run, two at once: never above 600 items a second.
        Assert.InRange(point.ItemsPerSecond, 1, 600);
        Assert.InRange(point.RunMilliseconds, 10, double.MaxValue);
        Assert.Equal((3, 2), (point.Batch, point.Runs));
    }

    private static BatchPoint Point(int batch, int runs, int threads, double itemsPerSecond) =>
        new(batch, runs, threads, itemsPerSecond, 1000 * batch * runs / itemsPerSecond);

    private sealed class SleepingModel : IMeasuredModel
    {
        public void Run(int batch) => Thread.Sleep(10);

        public void Dispose()
        {
        }
    }
}
