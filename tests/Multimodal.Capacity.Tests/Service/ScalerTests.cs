using Multimodal.Capacity.Kernel;
using Multimodal.Capacity.Reporting;
using Multimodal.Capacity.Service;

namespace Multimodal.Capacity.Tests.Service;

public sealed class ScalerTests
{
    [Fact]
    public void Poll_MuchWanted_GrowsByStepsAndAfterTheColdStart()
    {
        var clock = new Simulation();
        var sizes = new List<(double Time, int Replicas)>();
        var scaler = new Scaler(clock, poll: 10, coldStart: 25, least: 0, most: 20, () => 100, replicas => sizes.Add((clock.Now, replicas)));

        clock.Run(100);
        scaler.Stop();

        Assert.Equal([(35, 1), (45, 4), (55, 8), (65, 16), (75, 20)], sizes);
        Assert.Equal(20, scaler.Asked);
    }

    [Fact]
    public void Poll_NothingWanted_StaysAtZero()
    {
        var clock = new Simulation();
        var scaler = new Scaler(clock, poll: 10, coldStart: 25, least: 0, most: 20, () => 0, _ => Assert.Fail("Nothing was wanted."));

        clock.Run(100);
        scaler.Stop();

        Assert.Equal(0, scaler.Asked);
    }

    [Theory]
    [InlineData("t4")]
    [InlineData("a100")]
    public void Run_BurstAfterIdleness_WaitsForTheColdStart(string gpu)
    {
        var hardware = Study.Gpu(CapacityFiles.Assumed, CapacityFiles.Calibration("h200"), gpu);
        var work = CapacityFiles.Study().Job(1);

        var cold = Run(0);
        var kept = Run(1);

        var start = CapacityFiles.Assumed["coldStart.gpu"];
        Assert.InRange(cold.First, start, start + CapacityFiles.Assumed["coldStart.cpu"] + 30);
        Assert.True(kept.First < 5, $"{kept.First} s");
        Assert.True(cold.P50 > kept.P50);

        BurstResult Run(int replicas) =>
            BurstRun.Run(CapacityFiles.Assumed, work, hardware, new SchedulerPlan(1), jobs: 100, overSeconds: 5, replicas, seed: 1);
    }
}
