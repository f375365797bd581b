using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks what the store holds of a job.</summary>
public sealed record ListRequest(JobId JobId, int Revision);
