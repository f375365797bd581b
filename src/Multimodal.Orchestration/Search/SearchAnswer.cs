using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Orchestration.Search;

/// <summary>What a search found.</summary>
/// <param name="Pipeline">The pipeline whose index was searched.</param>
/// <param name="Index">The index.</param>
/// <param name="Modality">What the query was read as; null for a job.</param>
/// <param name="Jobs">The jobs, nearest first.</param>
/// <param name="Incomplete">Why some may be missing; null where none is.</param>
public sealed record SearchAnswer(string Pipeline, string Index, Modality? Modality, IReadOnlyList<JobNeighbour> Jobs, string? Incomplete);
