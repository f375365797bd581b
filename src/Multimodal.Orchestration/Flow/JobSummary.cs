using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Flow;

/// <summary>What a run of the orchestration ends with; the result itself lies in the store.</summary>
public sealed record JobSummary(JobId JobId, int Revision, JobOutcomeStatus Status);
