using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>A job that was found.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Score">The cosine of the angle between what was asked for and the nearest embedding of the job, -1 to 1.</param>
/// <param name="Vector">Which embedding that is: <c>fused</c>, or the name of a modality.</param>
/// <param name="Revision">The revision that it is of.</param>
/// <param name="Pipeline">The pipeline that the job ran through.</param>
/// <param name="PublishedAt">When its result stood.</param>
/// <param name="Label">Its first verdict; null where there was none.</param>
/// <param name="Files">The names of its inputs.</param>
public sealed record JobNeighbour(
    JobId JobId,
    double Score,
    string Vector,
    int Revision,
    string Pipeline,
    DateTimeOffset PublishedAt,
    string? Label,
    IReadOnlyList<string> Files);
