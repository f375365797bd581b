using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>What a search found.</summary>
/// <param name="Jobs">The jobs, nearest first, each once.</param>
/// <param name="Incomplete">Why some may be missing; null where none is.</param>
public sealed record FoundJobs(IReadOnlyList<JobNeighbour> Jobs, string? Incomplete)
{
    /// <summary>Nothing.</summary>
    public static FoundJobs None { get; } = new([], null);
}
