using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Orchestration.Search;

/// <summary>What is searched for: one of text, file and job.</summary>
public sealed record SearchQuery
{
    /// <summary>The most jobs that a search finds.</summary>
    public const int MostJobs = 100;

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>A picture, text or recording.</summary>
    public InputContent? File { get; init; }

    /// <summary>A job that is in the index.</summary>
    public JobId? Job { get; init; }

    /// <summary>The pipeline whose encoders read the query and whose index is searched. Null: the host's own.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The index. Null: the first that the pipeline, or the job, is in.</summary>
    public string? Index { get; init; }

    /// <summary>Which jobs count.</summary>
    public JobFilter Filter { get; init; } = new();

    /// <summary>How many to find, 1 to <see cref="MostJobs"/>.</summary>
    public int Count { get; init; } = 10;
}
