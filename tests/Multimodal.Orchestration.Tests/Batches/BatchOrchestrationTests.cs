using CsCheck;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Orchestration.Tests.Batches;

public sealed class BatchOrchestrationTests
{
    [Fact]
    public void RunAsync_ReplayedFromEveryPrefixOfItsHistory_AsksForTheSame() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 60], Gen.Int[1, 40], Gen.Double[0.5, 60], Gen.Int[3, 9], Gen.Double[0, 40]).Sample(
            (jobs, open, page, rate, failing, pausedAt) =>
            {
                var simulation = new BatchSimulation(new BatchWorld
                {
                    Jobs = jobs,
                    MaximumOpen = open,
                    Page = page,
                    Rate = rate < 5 ? null : rate,
                    Failing = call => call % failing == 1,
                    Changes = [(pausedAt, BatchState.Paused), (pausedAt + 20, BatchState.Running)],
                });
                var summary = simulation.Run();

                foreach (var run in simulation.Runs)
                {
                    for (var length = 0; length <= run.History.Count; length++)
                    {
                        var replay = new Replay.ReplayContext(run.Context.InstanceId, run.Start);
                        var again = BatchOrchestration.RunAsync(replay, run.Request);
                        run.History.Take(length).ToList().ForEach(replay.Apply);

                        Assert.Equal(run.Context.Actions.Take(run.Counts[length]), replay.Actions);
                        Assert.Equal(length == run.History.Count, again.IsCompleted);
                        if (again.IsCompleted)
                        {
                            Assert.Equal(run == simulation.Runs[^1] ? summary : null, again.GetAwaiter().GetResult());
                        }
                    }
                }
            },
            iter: 40);

    [Fact]
    public void RunAsync_ManyPages_KeepsEveryHistoryShort()
    {
        var simulation = new BatchSimulation(new BatchWorld { Jobs = 20_000, MaximumOpen = 200, Page = 50 });

        Assert.Equal(BatchState.Completed, simulation.Run().State);

        Assert.True(simulation.Runs.Count > 10);
        Assert.All(simulation.Runs, run => Assert.InRange(run.History.Count, 0, 3 * BatchOrchestration.RoundsInOneHistory));
        Assert.Equal(20_000, simulation.Pages.Sum(page => page.Started));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void RunAsync_Rate_IsKeptTo(double rate)
    {
        var simulation = new BatchSimulation(new BatchWorld { Jobs = 300, MaximumOpen = 10_000, Page = 10, Rate = rate });

        simulation.Run();

        // Before a page no more were started than the rate allows by then, and not many fewer.
        var before = 0;
        foreach (var (at, started) in simulation.Pages)
        {
            Assert.InRange(before, 0, rate * at);
            before += started;
        }

        Assert.InRange(simulation.Pages[^1].At, 290 / rate, (290 / rate) + 2);
    }

    [Fact]
    public void RunAsync_OpenJobs_AreBounded()
    {
        var world = new BatchWorld { Jobs = 500, MaximumOpen = 35, Page = 10, JobTakes = 20 };

        new BatchSimulation(world).Run();

        Assert.Equal(500, world.Started);
        Assert.Equal(35, world.MostOpen);
    }

    [Fact]
    public void RunAsync_Paused_TakesNothingInUntilItIsResumed()
    {
        var world = new BatchWorld
        {
            Jobs = 200, Page = 10, Rate = 10, Changes = [(5.5, BatchState.Paused), (1000, BatchState.Running)],
        };
        var simulation = new BatchSimulation(world);

        Assert.Equal(BatchState.Completed, simulation.Run().State);

        Assert.DoesNotContain(simulation.Pages, page => page.Started > 0 && page.At is > 6 and < 1000);
        Assert.Contains(simulation.Pages, page => page.At is >= 1000 and < 1002);
        Assert.Equal(200, world.Started);
    }

    [Fact]
    public void RunAsync_Stopped_EndsAtOnce()
    {
        var simulation = new BatchSimulation(new BatchWorld { Jobs = 1000, Page = 10, Rate = 10, Changes = [(5.5, BatchState.Stopped)] });

        Assert.Equal(BatchState.Stopped, simulation.Run().State);

        Assert.InRange(simulation.Runs[^1].Context.CurrentUtcTime, BatchSimulation.Start.AddSeconds(5.5), BatchSimulation.Start.AddSeconds(7));
    }

    [Fact]
    public void RunAsync_StoreOutOfReachForAnHour_GoesOnAfterwards()
    {
        var world = new BatchWorld { Jobs = 50, Page = 10, Failing = call => call is >= 3 and < 30 };
        var simulation = new BatchSimulation(world);

        Assert.Equal(BatchState.Completed, simulation.Run().State);

        Assert.Equal(50, world.Started);
        Assert.True(simulation.Runs[^1].Context.CurrentUtcTime > BatchSimulation.Start.AddHours(1));
    }
}
