using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Batches;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Retention;

/// <summary>Deletes what has been kept long enough. What belongs to an open job is left, however old. Repeated it is harmless.</summary>
public sealed class RetentionSweep(
    IBlobStore store,
    JobRecords records,
    Tombstones tombstones,
    JobEraser eraser,
    JobIndex index,
    BatchRecords batches,
    RetentionOptions options,
    TimeProvider time,
    ILogger<RetentionSweep> logger)
{
    /// <summary>Sweeps once over all containers.</summary>
    public async Task<SweepReport> RunAsync(CancellationToken cancellationToken)
    {
        // Remnants before tombstones: what recognises them must still stand.
        var remnants = await EraseRemnantsAsync(cancellationToken);
        var report = new SweepReport(
            await SweepAsync(Containers.Uploads, options.UploadDays, cancellationToken),
            await SweepAsync(Containers.Features, options.FeatureDays, cancellationToken),
            await SweepAsync(Containers.Embeddings, options.EmbeddingDays, cancellationToken),
            await SweepAsync(Containers.Quarantine, options.QuarantineDays, cancellationToken),
            await SweepTombstonesAsync(cancellationToken),
            remnants,
            options.IndexDays is { } days ? await index.RemoveBeforeAsync(time.GetUtcNow().AddDays(-days), cancellationToken) : 0,
            await SweepBatchesAsync(cancellationToken),
            await SweepAsync(Containers.Results, options.ResultDays, cancellationToken),
            await SweepRecordsAsync(cancellationToken));
        Log.Swept(logger, report);
        return report;
    }

    private async Task<int> SweepAsync(string container, double? days, CancellationToken cancellationToken)
    {
        if (days is not { } kept)
        {
            return 0;
        }

        var before = time.GetUtcNow().AddDays(-kept);
        var deleted = 0;
        (JobId Id, bool Open)? job = null;
        await foreach (var entry in store.ListAsync(container, "", cancellationToken))
        {
            if (entry.LastModified >= before)
            {
                continue;
            }

            // A job's blobs are listed one after another, so that its record is asked for once.
            if (JobPaths.TryGetJob(entry.Path, out var id))
            {
                job = job?.Id == id ? job : (id, (await records.FindAsync(id, cancellationToken))?.State == JobState.Open);
                if (job.Value.Open)
                {
                    continue;
                }
            }

            if (container == Containers.Results && job is { } of)
            {
                // First: the result is what this would be begun again for.
                await index.RemoveAsync(of.Id, cancellationToken);
            }

            deleted += await store.DeleteAsync(entry.Path, cancellationToken) ? 1 : 0;
            if (container == Containers.Uploads)
            {
                await DeleteReceiptAsync(entry.Path, cancellationToken);
            }
        }

        return deleted;
    }

    // What is known of an upload holds an excerpt of it, so it goes with the upload.
    private async Task DeleteReceiptAsync(BlobPath upload, CancellationToken cancellationToken) =>
        await store.DeleteAsync(new BlobPath(Containers.Inputs, $"{upload.Name}.json"), cancellationToken);

    private async Task<int> SweepRecordsAsync(CancellationToken cancellationToken)
    {
        if (options.RecordDays is not { } days)
        {
            return 0;
        }

        var before = time.GetUtcNow().AddDays(-days);
        var swept = 0;
        await foreach (var entry in store.ListAsync(Containers.Jobs, "", cancellationToken))
        {
            if (entry.LastModified < before
                && JobPaths.TryGetJob(entry.Path, out var job)
                && entry.Path == JobPaths.Record(job)
                && (await records.FindAsync(job, cancellationToken))?.State == JobState.Closed)
            {
                await eraser.EraseAsync(job, cancellationToken);
                swept++;
            }
        }

        return swept;
    }

    // A record changes for the last time when its batch ends.
    private async Task<int> SweepBatchesAsync(CancellationToken cancellationToken)
    {
        if (options.BatchDays is not { } days)
        {
            return 0;
        }

        var before = time.GetUtcNow().AddDays(-days);
        var deleted = 0;
        await foreach (var entry in store.ListAsync(Containers.Batches, "", cancellationToken))
        {
            if (entry.LastModified < before
                && BatchIds.FindBatch(entry.Path) is { } id
                && await batches.FindAsync(id, cancellationToken) is { HasEnded: true })
            {
                deleted += await batches.DeleteAsync(id, cancellationToken) ? 1 : 0;
            }
        }

        return deleted;
    }

    private async Task<int> SweepTombstonesAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var (path, stands) in tombstones.ListAsync(cancellationToken))
        {
            deleted += !stands && await store.DeleteAsync(path, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    private async Task<int> EraseRemnantsAsync(CancellationToken cancellationToken)
    {
        var standing = await tombstones.ListAsync(cancellationToken)
            .Where(tombstone => tombstone.Stands).Select(tombstone => tombstone.Path).ToHashSetAsync(cancellationToken: cancellationToken);
        if (standing.Count == 0)
        {
            return 0;
        }

        var erased = new HashSet<JobId>();
        foreach (var container in Containers.OfJobs)
        {
            await foreach (var entry in store.ListAsync(container, "", cancellationToken))
            {
                if (JobPaths.TryGetJob(entry.Path, out var job) && standing.Contains(JobPaths.Tombstone(job)))
                {
                    erased.Add(job);
                }
            }
        }

        var deleted = 0;
        foreach (var job in erased)
        {
            deleted += await eraser.EraseAsync(job, cancellationToken);
        }

        return deleted + await index.RemoveErasedAsync([.. standing.Select(path => path.Name)], cancellationToken);
    }
}
