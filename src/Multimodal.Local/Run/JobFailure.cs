using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Run;

/// <summary>The line of JSON for a job that has no result.</summary>
internal sealed record JobFailure(JobId JobId, JobOutcomeStatus Status, string Error);
