using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>
/// The blob store as all who write for jobs see it: what is written of an erased job is taken back at once.
/// </summary>
/// <remarks>
/// Erasing sets up the tombstone first and lists what to delete afterwards; this looks for the tombstone after each write.
/// So a write that came before the listing is deleted by the erasure, and one that came after it finds the tombstone and
/// deletes itself. Only a process that dies between a write and the look leaves something behind, which the sweep finds.
/// </remarks>
public sealed class JobBlobs : IBlobStore
{
    private readonly IBlobStore _store;
    private readonly Tombstones _tombstones;

    /// <summary>Guards a store.</summary>
    public JobBlobs(IBlobStore store, Tombstones tombstones)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tombstones);
        _store = store;
        _tombstones = tombstones;
    }

    /// <inheritdoc/>
    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        _store.FindAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        _store.ReadAsync(path, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="JobErasedException">The job was erased; nothing is left of what was written.</exception>
    public async ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default)
    {
        string? eTag;
        try
        {
            eTag = await _store.WriteAsync(path, content, condition, cancellationToken);
        }
        catch
        {
            // Stopped, as erasing stops a run, or cut off: the write may have taken effect all the same.
            await TakeBackIfErasedAsync(path);
            throw;
        }

        // Not to be cancelled: the write stands, so the look must follow.
        if (eTag is not null && await TakeBackIfErasedAsync(path) is { } erased)
        {
            throw erased;
        }

        return eTag;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobEntry> ListAsync(string container, string prefix, CancellationToken cancellationToken = default) =>
        _store.ListAsync(container, prefix, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        _store.ListPageAsync(container, prefix, continuation, count, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="JobErasedException">The job was erased; nothing is left of the copy.</exception>
    public async ValueTask<CopyOutcome> CopyIfAbsentAsync(BlobPath source, BlobPath destination, CancellationToken cancellationToken = default)
    {
        CopyOutcome outcome;
        try
        {
            outcome = await _store.CopyIfAbsentAsync(source, destination, cancellationToken);
        }
        catch
        {
            await TakeBackIfErasedAsync(destination);
            throw;
        }

        return outcome == CopyOutcome.Copied && await TakeBackIfErasedAsync(destination) is { } erased ? throw erased : outcome;
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        _store.DeleteAsync(path, cancellationToken);

    private async ValueTask<JobErasedException?> TakeBackIfErasedAsync(BlobPath path)
    {
        if (!JobPaths.TryGetJob(path, out var job) || await _tombstones.FindAsync(job, CancellationToken.None) is not { } tombstone)
        {
            return null;
        }

        await _store.DeleteAsync(path, CancellationToken.None);
        return new JobErasedException(job, tombstone.ExpiresAt);
    }
}
