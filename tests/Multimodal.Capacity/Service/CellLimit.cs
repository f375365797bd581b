using Multimodal.Capacity.Inputs;

namespace Multimodal.Capacity.Service;

/// <summary>What one cell can do at the most however many replicas it has.</summary>
/// <param name="Name">The stage that limits it.</param>
/// <param name="PerSecond">Jobs a second.</param>
internal sealed record CellLimit(string Name, double PerSecond)
{
    /// <summary>All limits of a cell, the lowest first.</summary>
    public static IReadOnlyList<CellLimit> All(Assumptions assumed, Work work, Hardware hardware, SchedulerPlan scheduler)
    {
        var needs = Sizing.Needs(assumed, work, hardware);
        var most = assumed["replicas.most"];
        return
        [
            .. new[]
            {
                new CellLimit("scheduler", scheduler.Rate(assumed) / work.History.Actions),
                new CellLimit("storage account", assumed["storage.rate"] / Requests(work)),
                new CellLimit("blob of the job index", assumed["storage.blob.rate"] / (work.Profile.Fuse + work.Profile.Publish).At(work.Total).Shared),
                new CellLimit("Event Grid", assumed["eventGrid.rate"] / work.Total),
                new CellLimit("queue of blob triggers", assumed["queue.rate"] / work.Total),
                new CellLimit("queue of results", assumed["queue.rate"] / work.Profile.Publish.At(work.Total).Messages),
                new CellLimit("jobs: replicas", most / needs.Jobs),
                new CellLimit("encoders: replicas", most / needs.Encoders),
            }.OrderBy(limit => limit.PerSecond),
        ];
    }

    /// <summary>Requests of a job to the storage account, those of queues included.</summary>
    public static double Requests(Work work) =>
        (work.Posted ? work.Profile.Submit.At(work.Total).Requests : work.Total)
        + (work.Total * (3 + (work.Posted ? work.Profile.Seen : work.Profile.TakeIn).Requests))
        + work.Profile.List.At(work.Total).Requests
        + work.Profile.Fuse.At(work.Total).Requests
        + work.Profile.Publish.At(work.Total).Requests
        + work.Chunks.Sum(chunk => work.Profile.Encode.At(chunk.Inputs).Requests);
}
