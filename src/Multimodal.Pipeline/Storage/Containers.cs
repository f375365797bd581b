namespace Multimodal.Pipeline.Storage;

/// <summary>The containers of a storage account that the pipeline uses, and its queue.</summary>
public static class Containers
{
    /// <summary>What people send: <c>{jobId}/{fileName}</c>.</summary>
    public const string Uploads = "uploads";

    /// <summary>Job records <c>{jobId}.json</c>, and what a job's stages hand on, <c>{jobId}/…</c>.</summary>
    public const string Jobs = "jobs";

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

    /// <summary>The queue of results.</summary>
    public const string ResultQueue = "results";

    /// <summary>All containers.</summary>
    public static IReadOnlyList<string> All { get; } = [Uploads, Jobs, Inputs, Features, Embeddings, Results, Quarantine];
}
