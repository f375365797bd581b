using Multimodal.Capacity.Service;

namespace Multimodal.Capacity.Reporting;

/// <summary>A load on as many cells as it needs.</summary>
/// <param name="Hardware">What the encoders run on.</param>
/// <param name="Scheduler">How each cell's scheduler is bought.</param>
/// <param name="Load">Jobs a second of all cells.</param>
/// <param name="Cells">Cells.</param>
/// <param name="JobsReplicas">Replicas of <c>jobs</c> in all cells.</param>
/// <param name="EncoderReplicas">Replicas of <c>encoders</c> in all cells.</param>
/// <param name="P50">Half of the jobs were done within so many seconds; null where a cell does not keep up.</param>
/// <param name="P99">99 of 100 were.</param>
/// <param name="MeanBatch">Items of a run.</param>
/// <param name="Busiest">The busiest stage, and how busy it is.</param>
/// <param name="BusiestLoad">How busy it is.</param>
/// <param name="Costs">What a million jobs cost.</param>
internal sealed record ServiceRow(
    string Hardware,
    string Scheduler,
    double Load,
    int Cells,
    int JobsReplicas,
    int EncoderReplicas,
    double? P50,
    double? P99,
    double MeanBatch,
    string Busiest,
    double BusiestLoad,
    Costs Costs);
