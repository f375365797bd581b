using Multimodal.Orchestration.Flow;

namespace Multimodal.Orchestration.Activities;

/// <summary>What was published.</summary>
/// <param name="MessageId">The id of the message on the queue.</param>
/// <param name="Next">What the job asks for by now, where that is not what this run was for; null where the job is closed.</param>
public sealed record PublishReport(string MessageId, RunJobRequest? Next = null);
