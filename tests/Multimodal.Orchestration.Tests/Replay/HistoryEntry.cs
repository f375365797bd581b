namespace Multimodal.Orchestration.Tests.Replay;

/// <summary>Something that happened to a run, as a durable engine's history keeps it.</summary>
internal abstract record HistoryEntry(DateTimeOffset Time);

/// <summary>An activity gave its output.</summary>
internal sealed record ActivityCompleted(DateTimeOffset Time, int Action, string Output) : HistoryEntry(Time);

/// <summary>An activity failed at every attempt.</summary>
internal sealed record ActivityFailed(DateTimeOffset Time, int Action, string Reason) : HistoryEntry(Time);

/// <summary>A wait came to its time limit.</summary>
internal sealed record TimerFired(DateTimeOffset Time, int Action) : HistoryEntry(Time);

/// <summary>An event came.</summary>
internal sealed record EventRaised(DateTimeOffset Time, string Name) : HistoryEntry(Time);
