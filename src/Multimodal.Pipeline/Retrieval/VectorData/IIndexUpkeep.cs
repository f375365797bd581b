using Multimodal.Pipeline.Retrieval.Persistence;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>What a collection of <see cref="BlobVectorStore"/> can do beyond others; its <c>GetService</c> gives it.</summary>
public interface IIndexUpkeep
{
    /// <summary>Merges what was written one by one, and carries out deletions that a process that died left unfinished.</summary>
    Task CompactAsync(CancellationToken cancellationToken = default);

    /// <summary>What cannot be read of the collection, and so is missing in searches.</summary>
    ValueTask<IReadOnlyList<IndexDamagedException>> FindDamageAsync(CancellationToken cancellationToken = default);
}
