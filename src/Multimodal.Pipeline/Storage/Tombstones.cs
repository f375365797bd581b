using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>The marks of erased jobs. While one stands, nothing of its job may be written.</summary>
public sealed class Tombstones
{
    private readonly IBlobStore _store;
    private readonly TimeProvider _time;

    /// <summary>Keeps tombstones in a store.</summary>
    public Tombstones(IBlobStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _time = time;
    }

    /// <summary>A job's tombstone, or null where none stands; one that has expired stands no longer.</summary>
    public async ValueTask<Tombstone?> FindAsync(JobId job, CancellationToken cancellationToken = default)
    {
        var path = JobPaths.Tombstone(job);

        // Nearly always there is none, and to look is cheaper than to read.
        return await _store.FindAsync(path, cancellationToken) is not null
            && await _store.ReadJsonAsync(path, PipelineJson.Default.Tombstone, cancellationToken) is { } stored
            && Stands(stored.Value)
                ? stored.Value
                : null;
    }

    /// <summary>Whether a job's tombstone stands.</summary>
    public async ValueTask<bool> ExistsAsync(JobId job, CancellationToken cancellationToken = default) =>
        await FindAsync(job, cancellationToken) is not null;

    /// <summary>Sets up a job's tombstone, or renews it.</summary>
    public async ValueTask PlaceAsync(JobId job, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        await _store.WriteJsonAsync(
            JobPaths.Tombstone(job),
            new Tombstone(_time.GetUtcNow() + lifetime),
            PipelineJson.Default.Tombstone,
            WriteCondition.None,
            cancellationToken);

    /// <summary>Every tombstone's blob, and whether it still stands.</summary>
    public async IAsyncEnumerable<(BlobPath Path, bool Stands)> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in _store.ListAsync(Containers.Tombstones, "", cancellationToken))
        {
            if (await _store.ReadJsonAsync(entry.Path, PipelineJson.Default.Tombstone, cancellationToken) is { } stored)
            {
                yield return (entry.Path, Stands(stored.Value));
            }
        }
    }

    private bool Stands(Tombstone tombstone) => tombstone.ExpiresAt > _time.GetUtcNow();
}
