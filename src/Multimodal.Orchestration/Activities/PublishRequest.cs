using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks for a job's result to be published and the job closed.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">The revision.</param>
/// <param name="StartedAt">The record's <see cref="JobRecord.StartedAt"/> that the run began with.</param>
public sealed record PublishRequest(JobId JobId, int Revision, DateTimeOffset StartedAt);
