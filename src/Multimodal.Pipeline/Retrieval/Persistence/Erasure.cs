namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>Keys that are being erased: whatever was written of them before is hidden at once, and then deleted.</summary>
internal sealed record Erasure
{
    /// <summary>The time, as in <see cref="EntryVersion.Ticks"/>: entries of this time and before are erased.</summary>
    public required long Ticks { get; init; }

    /// <summary>The keys.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
