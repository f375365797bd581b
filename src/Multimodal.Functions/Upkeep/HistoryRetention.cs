namespace Multimodal.Functions.Upkeep;

/// <summary>How long the history of an ended orchestration is kept, in days.</summary>
public sealed record HistoryRetention(double Days);
