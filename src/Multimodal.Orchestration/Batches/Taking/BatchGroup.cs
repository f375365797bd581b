using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>What is to become one job.</summary>
internal sealed record BatchGroup
{
    /// <summary>The name of the blob or folder in the container.</summary>
    public required string Name { get; init; }

    /// <summary>The same without the folders of the batch's prefix; of it the job's id is made.</summary>
    public required string Key { get; init; }

    /// <summary>Its inputs, in the order of their names.</summary>
    public IReadOnlyList<BatchFile> Files { get; init; } = [];

    /// <summary>Its own options; null where it has none.</summary>
    public BlobPath? Manifest { get; init; }

    /// <summary>Blobs of it that cannot be inputs, under the names that they are kept by.</summary>
    public IReadOnlyList<(string Name, InputError Error)> Bad { get; init; } = [];

    /// <summary>Why there is no job to be made; null where there is.</summary>
    public BatchRefusal? Fault { get; init; }
}
