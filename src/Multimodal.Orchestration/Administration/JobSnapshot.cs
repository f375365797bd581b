using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Administration;

/// <summary>A job as it stands.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Progress">How far its run is, where one runs.</param>
/// <param name="Inputs">Its inputs, in the order of their names.</param>
/// <param name="Result">The latest result, which may be that of an earlier revision; null where there is none.</param>
public sealed record JobSnapshot(JobRecord Record, JobProgress? Progress, IReadOnlyList<InputSnapshot> Inputs, JobResult? Result);
