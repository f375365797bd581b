using Multimodal.Capacity.Inputs;

namespace Multimodal.Capacity.Service;

/// <summary>What a month without a job costs, in US dollars.</summary>
/// <param name="Timers">Replicas of <c>jobs</c> that the platform starts for its timers.</param>
/// <param name="AwakeShare">The share of the time that such a replica is there.</param>
/// <param name="Registry">The registry.</param>
/// <param name="KeptJobs">In place of the first: one replica of <c>jobs</c> that is kept all the time.</param>
/// <param name="KeptGpu">And one of <c>encoders</c> on a T4.</param>
internal sealed record Idle(double Timers, double AwakeShare, double Registry, double KeptJobs, double KeptGpu)
{
    private const double MonthSeconds = 730 * 3600;

    /// <summary>Computes it.</summary>
    public static Idle Of(Assumptions assumed)
    {
        // Each quarter of an hour Recover, and at the 17th minute Expire, which falls into the cool down after one of them.
        var cooling = assumed["scale.coolDown"];
        var starts = assumed["jobs.timerStartsAnHour"];
        var awake = Math.Min(1, ((starts * (assumed["coldStart.cpu"] + cooling)) + assumed["jobs.expireAfterRecover"]) / 3600);
        var replica = (assumed["jobs.cores"] * assumed["price.core"]) + (assumed["jobs.memory"] * assumed["price.memory"]);
        var gpu = assumed["price.gpu.t4"] + (assumed["t4.cores"] * assumed["price.core"]) + (assumed["t4.memory"] * assumed["price.memory"]);
        return new Idle(
            Math.Max(0, (MonthSeconds * awake * replica) - assumed["price.freeGrant"]),
            awake,
            730 * assumed["price.registry"],
            MonthSeconds * replica,
            MonthSeconds * gpu);
    }
}
