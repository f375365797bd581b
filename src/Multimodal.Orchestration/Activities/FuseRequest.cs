using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks for a job's result.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Listing">The stored listing that names the inputs.</param>
/// <param name="Encoded">What the encoder activities reported.</param>
public sealed record FuseRequest(JobId JobId, int Revision, string Listing, IReadOnlyList<EncodeReport> Encoded);
