using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>The one place that knows where each thing of a job lies.</summary>
public static class JobPaths
{
    private const string RecordEnding = ".json";

    // Not a job id, so that it is nobody's folder.
    private const string Nobody = "_names";

    /// <summary>An uploaded input.</summary>
    public static BlobPath Upload(JobId job, string name) => new(Containers.Uploads, $"{job}/{name}");

    /// <summary>The job record.</summary>
    public static BlobPath Record(JobId job) => new(Containers.Jobs, $"{job}{RecordEnding}");

    /// <summary>The mark of a revision that is open.</summary>
    public static BlobPath OpenMark(JobId job, int revision) =>
        new(Containers.Open, string.Create(CultureInfo.InvariantCulture, $"{job}/{revision}"));

    /// <summary>Which revision a mark is of; false where the blob is no mark.</summary>
    public static bool TryGetOpenRevision(BlobPath mark, out JobId job, out int revision)
    {
        revision = 0;
        return TryGetJob(mark, out job)
            && int.TryParse(mark.Name.AsSpan(job.Value.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out revision);
    }

    /// <summary>The inputs that a revision is made of; named by its content, so it never changes.</summary>
    public static BlobPath Listing(JobId job, string reference) => new(Containers.Jobs, $"{job}/listings/{reference}.json");

    /// <summary>A run's result before it is published. Runs of one revision under different options differ in when they were asked for.</summary>
    public static BlobPath Draft(JobId job, int revision, DateTimeOffset startedAt) =>
        new(Containers.Jobs, DraftName(job, revision, startedAt) + ".json");

    /// <summary>A run's embeddings before they are published.</summary>
    public static BlobPath DraftEmbeddings(JobId job, int revision, DateTimeOffset startedAt) =>
        new(Containers.Jobs, DraftName(job, revision, startedAt) + ".safetensors");

    /// <summary>The prefix of <see cref="Indexed"/>.</summary>
    public static string IndexedPrefix(JobId job) => $"{job}/indexed/";

    /// <summary>What a collection of a vector store may hold of a job.</summary>
    public static BlobPath Indexed(JobId job, string collection) => new(Containers.Jobs, $"{IndexedPrefix(job)}{collection}.json");

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

    /// <summary>An upload whose name belongs to no job, by its name made harmless.</summary>
    public static BlobPath QuarantinedName(string name) => new(Containers.Quarantine, $"{Nobody}/{name}");

    /// <summary>Why such an upload was refused.</summary>
    public static BlobPath QuarantinedNameError(string name) => new(Containers.Quarantine, $"{Nobody}/{name}.error.json");

    /// <summary>What is left of an erased job. The id cannot be read from it, only recognised.</summary>
    public static BlobPath Tombstone(JobId job) =>
        new(Containers.Tombstones, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job.Value))));

    /// <summary>Which job a blob belongs to; false where it is no job's.</summary>
    public static bool TryGetJob(BlobPath path, out JobId job)
    {
        var slash = path.Name.IndexOf('/', StringComparison.Ordinal);
        job = default;
        return path.Container is not (Containers.Tombstones or Containers.Indexes)
            && (slash >= 0
                ? JobId.TryParse(path.Name[..slash], out job)
                : path.Container == Containers.Jobs
                    && path.Name.EndsWith(RecordEnding, StringComparison.Ordinal)
                    && JobId.TryParse(path.Name[..^RecordEnding.Length], out job));
    }

    private static string DraftName(JobId job, int revision, DateTimeOffset startedAt) =>
        string.Create(CultureInfo.InvariantCulture, $"{job}/drafts/{revision}-{startedAt.UtcTicks:x}");

    // The identity is name and ETag; the pipeline's digest is added because features depend on its settings too.
    private static string Derived(JobId job, InputIdentity input, string digest)
    {
        ArgumentNullException.ThrowIfNull(input);
        return $"{job}/{input.Name}/{input.ETag}.{digest[..16]}";
    }
}
