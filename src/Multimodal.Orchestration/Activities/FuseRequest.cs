using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks for a job's result.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">The revision.</param>
/// <param name="StartedAt">The record's <see cref="JobRecord.StartedAt"/> that the run began with.</param>
/// <param name="Listing">The stored listing that names the inputs.</param>
/// <param name="Encoded">What the encoder activities reported.</param>
public sealed record FuseRequest(JobId JobId, int Revision, DateTimeOffset StartedAt, string Listing, IReadOnlyList<EncodeReport> Encoded);
