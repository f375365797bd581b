namespace Multimodal.Pipeline.Storage;

/// <summary>The containers of a storage account that the pipeline uses, and its queue.</summary>
public static class Containers
{
    /// <summary>What people send: <c>{jobId}/{fileName}</c>.</summary>
    public const string Uploads = "uploads";

    /// <summary>Job records <c>{jobId}.json</c>, and what a job's stages hand on, <c>{jobId}/…</c>.</summary>
    public const string Jobs = "jobs";

    /// <summary>A mark for each revision that is open, <c>{jobId}/{revision}</c>, so that open jobs are found among all others.</summary>
    public const string Open = "open";

    /// <summary>What became of each upload: <c>{jobId}/{fileName}.json</c>.</summary>
    public const string Inputs = "inputs";

    /// <summary>Preprocessed inputs.</summary>
    public const string Features = "features";

    /// <summary>Encoded inputs.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>Results: <c>{jobId}/result.json</c>, <c>{jobId}/embeddings.safetensors</c>.</summary>
    public const string Results = "results";

    /// <summary>Refused uploads beside the reason: <c>{jobId}/{fileName}</c>, <c>{jobId}/{fileName}.error.json</c>.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>The indexes of retrieval: <c>{index}/…</c>; each holds entries of many jobs.</summary>
    public const string Indexes = "indexes";

    /// <summary>What is left of erased jobs: a blob named by a hash of the id, with the date when it expires.</summary>
    public const string Tombstones = "tombstones";

    /// <summary>The records of batches, <c>{batchId}.json</c>.</summary>
    public const string Batches = "batches";

    /// <summary>What batches take in, unless the host is told of other containers.</summary>
    public const string Bulk = "bulk";

    /// <summary>The queue of results.</summary>
    public const string ResultQueue = "results";

    /// <summary>The containers that hold something of jobs: what is erased with them.</summary>
    public static IReadOnlyList<string> OfJobs { get; } = [Uploads, Jobs, Open, Inputs, Features, Embeddings, Results, Quarantine];

    /// <summary>All containers that are the pipeline's own.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfJobs, Indexes, Tombstones, Batches];
}
