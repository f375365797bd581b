using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>One embedding of one job, as a vector store keeps it.</summary>
public sealed class JobEntry
{
    /// <summary>Job and embedding: <c>{jobId}:{vector}</c>, so that a later revision takes the place of an earlier one.</summary>
    public string Key { get; set; } = "";

    /// <summary>The job.</summary>
    public string JobId { get; set; } = "";

    /// <summary>What a tombstone of the job is named by.</summary>
    public string JobHash { get; set; } = "";

    /// <summary>Which embedding: <c>fused</c>, or the name of a modality.</summary>
    public string Vector { get; set; } = "";

    /// <summary>The revision.</summary>
    public int Revision { get; set; }

    /// <summary>The pipeline.</summary>
    public string Pipeline { get; set; } = "";

    /// <summary>When the result stood.</summary>
    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>The first verdict; null where there was none.</summary>
    public string? Label { get; set; }

    /// <summary>The names of the inputs.</summary>
    public List<string> Files { get; set; } = [];

    /// <summary>The media types of the inputs, each once.</summary>
    public List<string> MediaTypes { get; set; } = [];

    /// <summary>The embedding [dimension].</summary>
    public ReadOnlyMemory<float> Embedding { get; set; }

    /// <summary>The key of one embedding of a job.</summary>
    public static string KeyOf(JobId job, string vector) => $"{job}:{vector}";

    /// <summary>What a job's entries are found by without its id.</summary>
    public static string HashOf(JobId job) => JobPaths.Tombstone(job).Name;

    /// <summary>How a store is to keep entries with embeddings of a dimension.</summary>
    public static VectorStoreCollectionDefinition Define(int dimension) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Key), typeof(string)),
            new VectorStoreDataProperty(nameof(JobId), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(JobHash), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Vector), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Revision), typeof(int)),
            new VectorStoreDataProperty(nameof(Pipeline), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(PublishedAt), typeof(DateTimeOffset)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Label), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Files), typeof(List<string>)),
            new VectorStoreDataProperty(nameof(MediaTypes), typeof(List<string>)) { IsIndexed = true },
            new VectorStoreVectorProperty(nameof(Embedding), typeof(ReadOnlyMemory<float>), dimension)
            {
                DistanceFunction = DistanceFunction.CosineSimilarity,
            },
        ],
    };
}
