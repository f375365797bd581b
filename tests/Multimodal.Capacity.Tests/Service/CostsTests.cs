using CsCheck;
using Multimodal.Capacity.Reporting;
using Multimodal.Capacity.Service;

namespace Multimodal.Capacity.Tests.Service;

public sealed class CostsTests
{
    private static readonly Hardware T4 = Study.Gpu(CapacityFiles.Assumed, CapacityFiles.Calibration("h200"), "t4");

    [Fact]
    public void Of_Consumption_PaysForActionsAlone() => Gen.Double[0.1, 100].Sample(load =>
    {
        var work = CapacityFiles.Study().Job(1);
        var costs = Of(work, SchedulerPlan.Consumption, load);

        Assert.Equal(work.History.Actions * CapacityFiles.Assumed["price.action"], costs.Scheduler, 6);
        Assert.Equal(costs.Total, costs.Scheduler + costs.Encoders + costs.Jobs + costs.Storage + costs.Events, 9);
    }, iter: 50);

    [Fact]
    public void Of_Dedicated_FallsWithTheLoadWhileReplicasAreTheSame()
    {
        var work = CapacityFiles.Study().Job(1);
        var deployment = new Deployment(T4, new SchedulerPlan(1), 2, 1);

        var (idle, busy) = (Costs.Of(CapacityFiles.Assumed, work, deployment, 1), Costs.Of(CapacityFiles.Assumed, work, deployment, 10));

        Assert.Equal(idle.Scheduler / 10, busy.Scheduler, 6);
        Assert.Equal(idle.Encoders / 10, busy.Encoders, 6);
        Assert.Equal(idle.Storage, busy.Storage, 9);
        Assert.Equal(idle.Events, busy.Events, 9);
    }

    [Fact]
    public void All_MoreSetsInOneJob_NeedFewerActionsAndRequestsEach()
    {
        var (one, many) = (CapacityFiles.Study().Job(1), CapacityFiles.Study().Job(64));

        // Encoder activities take up to 64 inputs, so that 64 sets need as many of them as one.
        Assert.Equal(one.Chunks.Count, many.Chunks.Count);
        Assert.True(many.History.Actions < 64 * one.History.Actions);
        Assert.True(CellLimit.Requests(many) < 64 * CellLimit.Requests(one));
    }

    private static Costs Of(Work work, SchedulerPlan plan, double load) =>
        Costs.Of(CapacityFiles.Assumed, work, Sizing.For(CapacityFiles.Assumed, work, T4, plan, load), load);
}
