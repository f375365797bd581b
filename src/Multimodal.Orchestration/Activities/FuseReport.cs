using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>How a job's revision ended; the result itself lies in the store.</summary>
public sealed record FuseReport(JobOutcomeStatus Status);
