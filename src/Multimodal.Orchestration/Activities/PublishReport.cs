namespace Multimodal.Orchestration.Activities;

/// <summary>What was published.</summary>
/// <param name="MessageId">The id of the message on the queue.</param>
public sealed record PublishReport(string MessageId);
