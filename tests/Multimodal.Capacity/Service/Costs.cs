using Multimodal.Capacity.Inputs;

namespace Multimodal.Capacity.Service;

/// <summary>What a million jobs cost, in US dollars, by resource.</summary>
/// <param name="Scheduler">The Durable Task Scheduler.</param>
/// <param name="Encoders">The replicas of <c>encoders</c>: GPU, cores, memory.</param>
/// <param name="Jobs">The replicas of <c>jobs</c>, and requests to it.</param>
/// <param name="Storage">Requests to blobs and queues, and what is kept.</param>
/// <param name="Events">Event Grid.</param>
internal sealed record Costs(double Scheduler, double Encoders, double Jobs, double Storage, double Events)
{
    private const double Million = 1e6;

    public double Total => Scheduler + Encoders + Jobs + Storage + Events;

    /// <summary>Computes them for cells that all run at a load.</summary>
    /// <param name="assumed">Prices.</param>
    /// <param name="work">What a job is.</param>
    /// <param name="deployment">One cell.</param>
    /// <param name="perSecond">Jobs a second of one cell.</param>
    public static Costs Of(Assumptions assumed, Work work, Deployment deployment, double perSecond)
    {
        var seconds = Million / perSecond;
        var (profile, hardware) = (work.Profile, deployment.Hardware);
        var core = assumed["price.core"];
        var gib = assumed["price.memory"];
        var gpu = hardware.HasGpu ? assumed[$"price.gpu.{hardware.Name}"] : 0;
        var scheduler = deployment.Scheduler.Units > 0
            ? seconds * deployment.Scheduler.Units * assumed["price.schedulerUnit"] / 3600
            : Million * work.History.Actions * assumed["price.action"] / Million;
        var encoders = seconds * deployment.EncoderReplicas * (gpu + (hardware.Cores * core) + (hardware.GiB * gib));

        // A webhook for each event, and the post.
        var jobs = (seconds * deployment.JobsReplicas * ((assumed["jobs.cores"] * core) + (assumed["jobs.memory"] * gib)))
            + ((work.Total + (work.Posted ? 1 : 0)) * assumed["price.requests"]);
        var phases = (work.Posted ? profile.Submit.At(work.Total) : PhaseCost.Zero with { Writes = work.Total })
            + (work.Total * (work.Posted ? profile.Seen : profile.TakeIn))
            + profile.List.At(work.Total) + profile.Fuse.At(work.Total) + profile.Publish.At(work.Total)
            + work.Chunks.Select(chunk => profile.Encode.At(chunk.Inputs)).Aggregate(PhaseCost.Zero, (sum, cost) => sum + cost);

        // Deleting is free; a queued event is three requests.
        var storage = (Million / 10_000 * (((phases.Writes + phases.Lists) * assumed["price.writes"]) + (phases.Reads * assumed["price.reads"])
            + ((phases.Messages + (3 * work.Total)) * assumed["price.queue"])))
            + (Million * phases.BytesWritten / 1e9 * assumed["price.kept"] * assumed["storage.keptMonths"]);
        return new Costs(scheduler, encoders, jobs, storage, work.Total * 2 * assumed["price.events"]);
    }
}
