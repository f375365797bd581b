namespace Multimodal.Capacity.Service;

/// <summary>One cell of the service: a storage account, a scheduler with a task hub, the two apps.</summary>
/// <param name="Hardware">What the encoders run on.</param>
/// <param name="Scheduler">The scheduler.</param>
/// <param name="JobsReplicas">Replicas of the app <c>jobs</c>.</param>
/// <param name="EncoderReplicas">Replicas of the app <c>encoders</c>.</param>
internal sealed record Deployment(Hardware Hardware, SchedulerPlan Scheduler, int JobsReplicas, int EncoderReplicas);
