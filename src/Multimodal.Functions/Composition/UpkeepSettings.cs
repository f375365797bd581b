namespace Multimodal.Functions.Composition;

/// <summary>How long the app keeps what is its own; what lies in the store has settings of its own.</summary>
internal sealed record UpkeepSettings
{
    /// <summary>How long the history of an ended orchestration is kept.</summary>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromDays(7);
}
