using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks for a job's result to be published and the job closed.</summary>
public sealed record PublishRequest(JobId JobId, int Revision);
