using MathNet.Numerics.Statistics;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;

namespace Multimodal.Capacity.Service;

/// <summary>Jobs that come all at once after a time without any: replicas are started as the platform does it.</summary>
internal static class BurstRun
{
    /// <summary>Runs it.</summary>
    /// <param name="assumed">Limits, times, prices.</param>
    /// <param name="work">What a job is; posted, since a request is what wakes <c>jobs</c> at once.</param>
    /// <param name="hardware">What the encoders run on.</param>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="jobs">How many jobs come.</param>
    /// <param name="overSeconds">Over how many seconds they come, one after the other at the same distance.</param>
    /// <param name="kept">Replicas of each app that are there from the beginning.</param>
    /// <param name="seed">Chooses the times.</param>
    public static BurstResult Run(
        Assumptions assumed, Work work, Hardware hardware, SchedulerPlan scheduler, int jobs, double overSeconds, int kept, int seed)
    {
        var clock = new Simulation();
        var cell = new Cell(clock, new Chance(seed), assumed, work, new Deployment(hardware, scheduler, kept, kept));
        var jobsScaler = new Scaler(
            clock, assumed["scale.jobs.poll"], assumed["coldStart.cpu"], kept, (int)assumed["jobs.most"], () => cell.Jobs.Wanted, cell.Jobs.Resize);
        var encoderScaler = new Scaler(
            clock,
            assumed["scale.encoders.poll"],
            assumed[hardware.HasGpu ? "coldStart.gpu" : "coldStart.cpu"],
            kept,
            (int)assumed["encoders.most"],
            () => cell.Encoders.Wanted,
            cell.Encoders.Resize);
        for (var i = 0; i < jobs; i++)
        {
            clock.At(i * overSeconds / jobs, cell.Arrive);
        }

        jobsScaler.Wake();
        while (cell.Done < jobs && clock.Now < assumed["run.longest"])
        {
            clock.Run(clock.Now + 1);
        }

        jobsScaler.Stop();
        encoderScaler.Stop();
        if (cell.Done < jobs)
        {
            throw new InvalidOperationException($"{jobs - cell.Done} of {jobs} jobs were not done after {clock.Now} s.");
        }

        var seconds = cell.Latencies.Select(job => job.Seconds).ToArray();
        Array.Sort(seconds);
        var ends = cell.Latencies.Select(job => job.Came + job.Seconds).ToList();
        var (core, gib) = (assumed["price.core"], assumed["price.memory"]);
        var gpu = hardware.HasGpu ? assumed[$"price.gpu.{hardware.Name}"] : 0;
        var cooling = assumed["scale.coolDown"];
        return new BurstResult(
            hardware.Name,
            kept,
            jobs,
            ends.Min(),
            SortedArrayStatistics.Quantile(seconds, 0.5),
            SortedArrayStatistics.Quantile(seconds, 0.99),
            ends.Max(),
            jobsScaler.Asked,
            encoderScaler.Asked,
            (Held(jobsScaler) * ((assumed["jobs.cores"] * core) + (assumed["jobs.memory"] * gib)))
                + (Held(encoderScaler) * (gpu + (hardware.Cores * core) + (hardware.GiB * gib))));

        double Held(Scaler scaler) => (scaler.Mean * clock.Now) + (scaler.Asked * cooling);
    }
}
