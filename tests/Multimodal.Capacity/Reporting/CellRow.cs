using Multimodal.Capacity.Service;

namespace Multimodal.Capacity.Reporting;

/// <summary>One cell under a load.</summary>
/// <param name="Way">How jobs come: posted or uploaded.</param>
/// <param name="Hardware">What the encoders run on.</param>
/// <param name="Scheduler">How the scheduler is bought.</param>
/// <param name="Load">Jobs a second that are meant to come.</param>
/// <param name="JobsReplicas">Replicas of <c>jobs</c>.</param>
/// <param name="EncoderReplicas">Replicas of <c>encoders</c>.</param>
/// <param name="Result">What came of it.</param>
internal sealed record CellRow(
    string Way, string Hardware, string Scheduler, double Load, int JobsReplicas, int EncoderReplicas, LoadResult Result);
