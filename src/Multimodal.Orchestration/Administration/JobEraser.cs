using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Administration;

/// <summary>Deletes everything that is stored of a job. Who calls it has set up the job's tombstone.</summary>
/// <param name="store">The store.</param>
/// <param name="index">What is kept of jobs in indexes.</param>
/// <param name="leases">The rights to run jobs; null where the engine needs none.</param>
/// <param name="recall">The queue, where a message can be taken back from it; null where none can.</param>
public sealed class JobEraser(IBlobStore store, JobIndex index, IJobLeases? leases = null, IResultRecall? recall = null)
{
    /// <summary>Whether anything is stored of a job.</summary>
    public async Task<bool> HoldsAsync(JobId job, CancellationToken cancellationToken) =>
        await ListAsync(job, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>Deletes; gives how many blobs were deleted.</summary>
    /// <exception cref="IndexDamagedException">All is deleted but for what an index holds, in a blob that cannot be read.</exception>
    public async Task<int> EraseAsync(JobId job, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var path in ListAsync(job, cancellationToken))
        {
            // What says where the job is indexed goes last, after what it names.
            if (!path.Name.StartsWith(JobPaths.IndexedPrefix(job), StringComparison.Ordinal))
            {
                deleted += await store.DeleteAsync(path, cancellationToken) ? 1 : 0;
            }
        }

        deleted += await index.RemoveAsync(job, cancellationToken);
        if (recall is not null)
        {
            await recall.RecallAsync(job, cancellationToken);
        }

        if (leases is not null && await leases.TryAcquireAsync(job, cancellationToken) is { } lease)
        {
            // What a process that was killed left of its right; giving it back leaves nothing. Who holds it now leaves nothing either.
            await lease.DisposeAsync();
        }

        return deleted;
    }

    // The record first: stages that are still at work find it gone, and end.
    private async IAsyncEnumerable<BlobPath> ListAsync(
        JobId job, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await store.FindAsync(JobPaths.Record(job), cancellationToken) is not null)
        {
            yield return JobPaths.Record(job);
        }

        foreach (var container in Containers.OfJobs)
        {
            await foreach (var entry in store.ListAsync(container, $"{job}/", cancellationToken))
            {
                yield return entry.Path;
            }
        }
    }
}
