namespace Multimodal.Pipeline.Tasks;

/// <summary>The nearest earlier jobs, and what is kept of this one.</summary>
public sealed record RetrievalOutcome : TaskOutcome
{
    /// <summary>The index.</summary>
    public required string Index { get; init; }

    /// <summary>The nearest jobs in the index when this one was done, nearest first; never this one.</summary>
    public required IReadOnlyList<JobNeighbour> Neighbours { get; init; }

    /// <summary>The embeddings of this job that are kept in the index.</summary>
    public required IReadOnlyList<KeptVector> Kept { get; init; }

    /// <summary>Why neighbours may be missing; null where none is.</summary>
    public string? Incomplete { get; init; }
}
