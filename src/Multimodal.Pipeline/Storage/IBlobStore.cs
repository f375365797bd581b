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

    /// <summary>
    /// A part of what <see cref="ListAsync"/> gives, for those who go through millions of blobs and may be interrupted. It costs memory
    /// for that part alone.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="continuation">That of the part before, from whichever process, however long ago; null for the first part.</param>
    /// <param name="count">The most blobs, 1 to 5,000.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default);

    /// <summary>
    /// Copies a blob unless something is there already: within the store where it can do that, else by reading it whole.
    /// </summary>
    ValueTask<CopyOutcome> CopyIfAbsentAsync(BlobPath source, BlobPath destination, CancellationToken cancellationToken = default) =>
        CopyByReadingAsync(this, source, destination, cancellationToken);

    /// <summary>Deletes a blob; false where there was none.</summary>
    ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>Copies a blob by reading it whole, unless something is there already: what adapters do that cannot leave it to their service.</summary>
    static async ValueTask<CopyOutcome> CopyByReadingAsync(
        IBlobStore store, BlobPath source, BlobPath destination, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(destination, cancellationToken) is not null)
        {
            return CopyOutcome.Exists;
        }

        return await store.ReadAsync(source, cancellationToken) is not { } blob ? CopyOutcome.SourceMissing
            : await store.WriteAsync(destination, blob.Content, WriteCondition.IfAbsent, cancellationToken) is null ? CopyOutcome.Exists
            : CopyOutcome.Copied;
    }
}
