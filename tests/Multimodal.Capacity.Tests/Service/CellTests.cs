using CsCheck;
using Multimodal.Capacity.Kernel;
using Multimodal.Capacity.Reporting;
using Multimodal.Capacity.Service;

namespace Multimodal.Capacity.Tests.Service;

/// <summary>What holds of a cell whatever its parameters are.</summary>
public sealed class CellTests
{
    private static readonly Hardware T4 = Study.Gpu(CapacityFiles.Assumed, CapacityFiles.Calibration("h200"), "t4");
    private static readonly SchedulerPlan Three = new(3);

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(5, true)]
    [InlineData(70, true)]
    public void Arrive_EveryJob_IsDoneAndItsActionsAreThoseOfItsHistory(int sets, bool posted)
    {
        const int Jobs = 50;
        var work = CapacityFiles.Study().Job(sets, posted);
        var clock = new Simulation();
        var cell = new Cell(clock, new Chance(2), CapacityFiles.Assumed, work, new Deployment(T4, Three, 5, 2));
        for (var i = 0; i < Jobs; i++)
        {
            clock.At(i * 0.1, cell.Arrive);
        }

        clock.Run();

        Assert.Equal((Jobs, Jobs), (cell.Arrived, cell.Done));
        Assert.Equal((Jobs * work.Total, Jobs * work.Total), (cell.EventsArrived, cell.EventsDone));
        Assert.Equal(Jobs * CellLimit.Requests(work), cell.Requests, 3);

        // A posted job's blob events wake it only where they come before its end.
        var events = posted ? (int)Math.Ceiling(CapacityFiles.Profile.SeenWakes * work.Total) : 0;
        Assert.InRange(cell.Actions, Jobs * (work.History.Actions - events), Jobs * work.History.Actions);
    }

    [Fact]
    public void Arrive_AtAnyMoment_WhatCameIsDoneOrUnderWay()
    {
        var work = CapacityFiles.Study().Job(1);
        var (clock, chance) = (new Simulation(), new Chance(4));
        var cell = new Cell(clock, chance, CapacityFiles.Assumed, work, new Deployment(T4, Three, 4, 1));
        var came = 0;
        void Next()
        {
            came++;
            cell.Arrive();
            clock.After(chance.Exponential(40), Next);
        }

        clock.After(0, Next);
        for (var second = 1; second <= 20; second++)
        {
            clock.Run(second);

            Assert.Equal(came, cell.Arrived);
            Assert.Equal(cell.Done, cell.Latencies.Count);
            Assert.InRange(cell.Done, 0, cell.Arrived);
            Assert.InRange(cell.EventsDone, 0, cell.EventsArrived);
        }
    }

    [Fact]
    public void Run_SteadyLoad_HoldsLittlesLaw()
    {
        var work = CapacityFiles.Study().Job(1);
        var (clock, chance, under) = (new Simulation(), new Chance(6), 0.0);
        var cell = new Cell(clock, chance, CapacityFiles.Assumed, work, new Deployment(T4, Three, 8, 2));
        void Next()
        {
            cell.Arrive();
            clock.After(chance.Exponential(50), Next);
        }

        clock.After(0, Next);
        clock.Run(20);
        const int Looks = 4_000;
        for (var look = 1; look <= Looks; look++)
        {
            clock.Run(20 + (look * 0.02));
            under += cell.Arrived - cell.Done;
        }

        var latency = cell.Latencies.Where(job => job.Came >= 20).Average(job => job.Seconds);
        Assert.InRange(under / Looks / (50 * latency), 0.95, 1.05);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSame()
    {
        var work = CapacityFiles.Study().Job(1);
        var cell = Sizing.For(CapacityFiles.Assumed, work, T4, Three, 60);

        var (first, again, other) = (Run(1), Run(1), Run(2));

        Assert.Equal(first with { Stages = [] }, again with { Stages = [] });
        Assert.Equal(first.Stages, again.Stages);
        Assert.NotEqual(first.P99, other.P99);

        LoadResult Run(int seed) => LoadRun.Run(CapacityFiles.Assumed, work, cell, 60, seed, jobs: 500);
    }

    [Fact]
    public void Run_BeyondTheSchedulersRate_GrowsByTheDifference()
    {
        var work = CapacityFiles.Study().Job(1);
        var limit = CellLimit.All(CapacityFiles.Assumed, work, T4, SchedulerPlan.Consumption)[0];
        var load = 2 * limit.PerSecond;

        var result = LoadRun.Run(
            CapacityFiles.Assumed, work, Sizing.For(CapacityFiles.Assumed, work, T4, SchedulerPlan.Consumption, load), load, seed: 1, jobs: 3_000);

        Assert.Equal(("scheduler", "scheduler"), (limit.Name, result.First.Name));
        Assert.False(result.KeepsUp);
        Assert.InRange(result.Growth / (load - result.Sustained), 0.9, 1.1);

        // First come, first served, begun jobs wait behind new ones, so that even less than the limit is done.
        Assert.InRange(result.Sustained, 0.1 * limit.PerSecond, 1.05 * limit.PerSecond);
    }

    [Fact]
    public void Run_SizedForItsLoad_KeepsUpWithNoStageFull() => Gen.Select(Gen.Double[0.05, 0.75], Gen.Int[0, 3], Gen.Int[1, 4]).Sample((share, units, sets) =>
    {
        var (plan, work) = (new SchedulerPlan(units), CapacityFiles.Study().Job(sets));
        var load = share * CellLimit.All(CapacityFiles.Assumed, work, T4, plan)[0].PerSecond;

        var result = LoadRun.Run(CapacityFiles.Assumed, work, Sizing.For(CapacityFiles.Assumed, work, T4, plan, load), load, seed: units, jobs: 300);

        Assert.True(result.KeepsUp, $"{result.Growth} of {load} jobs a second are left over at {result.First}.");
        Assert.All(result.Stages, stage => Assert.InRange(stage.Load, 0, 1));
    }, iter: 30, threads: 1);

    [Fact]
    public void Run_MoreReplicasOrUnits_IsNotSlower() => Gen.Select(Gen.Double[5, 25], Gen.Int[3, 6], Gen.Int[1, 3]).Sample((load, replicas, more) =>
    {
        var work = CapacityFiles.Study().Job(1);

        // The same seed gives the same arrivals; what differs is noise of the times within.
        var (small, large) = (Run(new Deployment(T4, new SchedulerPlan(1), replicas, 1)), Run(new Deployment(T4, new SchedulerPlan(1 + (more % 3)), replicas + more, 1 + more)));

        Assert.True(large.KeepsUp || !small.KeepsUp);
        if (small.KeepsUp)
        {
            Assert.True(large.P50 <= small.P50 * 1.05, $"{large.P50} s with more, {small.P50} s with less.");
        }

        LoadResult Run(Deployment deployment) => LoadRun.Run(CapacityFiles.Assumed, work, deployment, load, seed: 3, jobs: 800);
    }, iter: 10, threads: 1);
}
