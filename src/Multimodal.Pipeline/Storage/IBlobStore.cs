namespace Multimodal.Pipeline.Storage;

/// <summary>
/// The port to storage: named blobs in containers, with conditional writes. What a job means is written once above it;
/// an adapter knows nothing of jobs. Safe for concurrent use by several processes.
/// </summary>
public interface IBlobStore
{
    /// <summary>What is known of a blob, or null where there is none.</summary>
    ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>Reads a blob whole, or gives null where there is none.</summary>
    ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>Writes a blob whole; readers see the old content or the new, never a part.</summary>
    /// <returns>The new version's ETag, or null where the condition did not hold and nothing was written.</returns>
    ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default);

    /// <summary>Lists the blobs whose names begin with a prefix, in the ordinal order of their names.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string container, string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a blob; false where there was none.</summary>
    ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default);
}
