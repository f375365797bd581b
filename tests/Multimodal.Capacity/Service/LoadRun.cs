using MathNet.Numerics.Statistics;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;

namespace Multimodal.Capacity.Service;

/// <summary>A cell under a steady load: jobs come independently of one another (Poisson), and it is measured after it has filled.</summary>
internal static class LoadRun
{
    // More unfinished work than that at the end, as a share of what came, is a queue that grows.
    private const double GrowthOfNoise = 0.05;

    // Of a cell that keeps up, the jobs under way at one moment are about Poisson-distributed, so that their variance is their number;
    // what two moments differ by beyond so many standard deviations is no chance.
    private const double Deviations = 4;

    /// <summary>Runs it.</summary>
    /// <param name="assumed">Limits and times.</param>
    /// <param name="work">What a job is.</param>
    /// <param name="deployment">The cell.</param>
    /// <param name="perSecond">Jobs a second, above 0.</param>
    /// <param name="seed">Chooses the times.</param>
    /// <param name="jobs">About how many jobs are measured.</param>
    public static LoadResult Run(Assumptions assumed, Work work, Deployment deployment, double perSecond, int seed, int jobs = 12_000)
    {
        var clock = new Simulation();
        var chance = new Chance(seed);
        var cell = new Cell(clock, chance, assumed, work, deployment);

        // Long enough that jobs which came at the beginning are done before it is measured.
        var empty = Sizing.EmptySeconds(assumed, work);
        var window = Math.Max(Math.Max(assumed["run.window"], 3 * empty), jobs / perSecond);
        var filled = Math.Max(assumed["run.fill"], 3 * empty);
        var end = filled + window;
        void Next()
        {
            cell.Arrive();
            clock.After(chance.Exponential(perSecond), Next);
        }

        clock.After(chance.Exponential(perSecond), Next);
        clock.Run(filled);
        cell.Reset();
        var (arrived, done, actions, requests, events) = (cell.Arrived, cell.Done, cell.Actions, cell.Requests, cell.EventsArrived - cell.EventsDone);
        var under = UnderWay();
        clock.Run(end);

        var offered = (cell.Arrived - arrived) / window;
        var sustained = (cell.Done - done) / window;

        // Posted jobs may keep up while the events behind them do not.
        var eventGrowth = (cell.EventsArrived - cell.EventsDone - events) / window / work.Total;
        var growth = Math.Max(offered - sustained, eventGrowth);
        var noise = Deviations * Math.Sqrt(Math.Max(1, under + UnderWay())) / window;
        var keepsUp = growth < Math.Max(GrowthOfNoise * offered, noise);
        var seconds = cell.Latencies.Where(job => job.Came >= filled).Select(job => job.Seconds).ToArray();
        Array.Sort(seconds);
        keepsUp &= seconds.Length > 0;
        return new LoadResult(
            offered,
            sustained,
            keepsUp ? 0 : growth,
            keepsUp ? SortedArrayStatistics.Quantile(seconds, 0.5) : null,
            keepsUp ? SortedArrayStatistics.Quantile(seconds, 0.99) : null,
            cell.Encoders.MeanBatch,
            (cell.Actions - actions) / Math.Max(1.0, cell.Arrived - arrived),
            (cell.Requests - requests) / Math.Max(1.0, cell.Arrived - arrived),
            cell.Stages());

        // In jobs: those whose result is not there, or whose events wait.
        double UnderWay() => Math.Max(cell.Arrived - cell.Done, (double)(cell.EventsArrived - cell.EventsDone) / work.Total);
    }
}
