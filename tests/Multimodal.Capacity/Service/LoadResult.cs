namespace Multimodal.Capacity.Service;

/// <summary>What a cell did under a steady load.</summary>
/// <param name="Offered">Jobs a second that came.</param>
/// <param name="Sustained">Jobs a second that were done while they came.</param>
/// <param name="Growth">By how many jobs a second the work in the cell grew; 0 where it keeps up.</param>
/// <param name="P50">Half of the jobs were done within so many seconds; null where the queue grows.</param>
/// <param name="P99">99 of 100 were.</param>
/// <param name="MeanBatch">Items of a run.</param>
/// <param name="Actions">Actions of the scheduler for each job.</param>
/// <param name="Requests">Requests to the storage account for each job, those of queues included.</param>
/// <param name="Stages">How busy each stage was.</param>
internal sealed record LoadResult(
    double Offered,
    double Sustained,
    double Growth,
    double? P50,
    double? P99,
    double MeanBatch,
    double Actions,
    double Requests,
    IReadOnlyList<StageLoad> Stages)
{
    /// <summary>Whether the cell keeps up.</summary>
    public bool KeepsUp => P99 is not null;

    /// <summary>The busiest stage.</summary>
    public StageLoad First => Stages.MaxBy(stage => stage.Load)!;
}
