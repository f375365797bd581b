using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>The one place that knows where each thing of a job lies.</summary>
public static class JobPaths
{
    /// <summary>An uploaded input.</summary>
    public static BlobPath Upload(JobId job, string name) => new(Containers.Uploads, $"{job}/{name}");

    /// <summary>The job record.</summary>
    public static BlobPath Record(JobId job) => new(Containers.Jobs, $"{job}.json");

    /// <summary>The inputs that a revision is made of; named by its content, so it never changes.</summary>
    public static BlobPath Listing(JobId job, string reference) => new(Containers.Jobs, $"{job}/listings/{reference}.json");

    /// <summary>A revision's result before it is published.</summary>
    public static BlobPath Draft(JobId job, int revision) => new(Containers.Jobs, $"{job}/drafts/{revision}.json");

    /// <summary>A revision's embeddings before they are published.</summary>
    public static BlobPath DraftEmbeddings(JobId job, int revision) => new(Containers.Jobs, $"{job}/drafts/{revision}.safetensors");

    /// <summary>What became of an upload.</summary>
    public static BlobPath Receipt(JobId job, string name) => new(Containers.Inputs, $"{job}/{name}.json");

    /// <summary>An input's features for one pipeline.</summary>
    public static BlobPath Features(JobId job, InputIdentity input, string digest) =>
        new(Containers.Features, Derived(job, input, digest) + ".safetensors");

    /// <summary>An input's embedding by one pipeline.</summary>
    public static BlobPath Embedding(JobId job, InputIdentity input, string digest) =>
        new(Containers.Embeddings, Derived(job, input, digest) + ".safetensors");

    /// <summary>Why an input has no embedding by one pipeline.</summary>
    public static BlobPath EncodingError(JobId job, InputIdentity input, string digest) =>
        new(Containers.Embeddings, Derived(job, input, digest) + ".error.json");

    /// <summary>The latest revision's result.</summary>
    public static BlobPath Result(JobId job) => new(Containers.Results, $"{job}/result.json");

    /// <summary>The latest revision's embeddings.</summary>
    public static BlobPath ResultEmbeddings(JobId job) => new(Containers.Results, $"{job}/embeddings.safetensors");

    /// <summary>A refused upload.</summary>
    public static BlobPath Quarantined(JobId job, string name) => new(Containers.Quarantine, $"{job}/{name}");

    /// <summary>Why an upload was refused.</summary>
    public static BlobPath QuarantineError(JobId job, string name) => new(Containers.Quarantine, $"{job}/{name}.error.json");

    // The identity is name and ETag; the pipeline's digest is added because features depend on its settings too.
    private static string Derived(JobId job, InputIdentity input, string digest)
    {
        ArgumentNullException.ThrowIfNull(input);
        return $"{job}/{input.Name}/{input.ETag}.{digest[..16]}";
    }
}
