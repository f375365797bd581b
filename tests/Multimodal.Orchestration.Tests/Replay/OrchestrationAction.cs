namespace Multimodal.Orchestration.Tests.Replay;

/// <summary>Something that a run asked of its engine: an activity with its input, a wait with its limit, a status.</summary>
internal sealed record OrchestrationAction(int Id, string Kind, string Name, string Content);
