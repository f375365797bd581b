using System.Security.Cryptography;
using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks the store what a job has, and keeps the answer so that later stages work on just that.</summary>
public sealed class ListInputsActivity(IBlobStore store, JobRecords records, InputStore inputs)
{
    private const int ConcurrentReads = 16;

    /// <summary>Lists a job's inputs.</summary>
    public async Task<InputListing> RunAsync(ListRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var record = await records.GetAsync(request.JobId, cancellationToken);
        var uploads = await inputs.ListUploadsAsync(request.JobId, cancellationToken).ToListAsync(cancellationToken);
        var receipts = new InputReceipt?[uploads.Count];
        await Parallel.ForAsync(
            0,
            uploads.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (i, token) => receipts[i] = await inputs.FindReceiptAsync(request.JobId, uploads[i].Name, token));

        var current = receipts.Where((receipt, i) => IsCurrent(receipt, uploads[i].Entry.ETag, record)).OfType<InputReceipt>().ToList();
        var known = current.Select(receipt => receipt.Input.Name).ToHashSet(StringComparer.Ordinal);
        var awaited = uploads.Select(upload => upload.Name)
            .Union(record.Options.Inputs ?? [], StringComparer.Ordinal)
            .Where(name => !known.Contains(name))
            .Order(StringComparer.Ordinal)
            .ToList();
        return new InputListing(
            await StoreAsync(request.JobId, new StoredListing(current, awaited), cancellationToken),
            [.. from receipt in current
                where receipt.State == InputState.Ready && receipt.Modality is not null
                group receipt by receipt.Modality!.Value into modality
                orderby modality.Key
                select new ModalityCount(modality.Key, modality.Count())],
            current.Count(receipt => receipt.State != InputState.Ready),
            awaited.Count,
            uploads.Count == 0 ? null : uploads.Max(upload => upload.Entry.LastModified));
    }

    // A receipt of an older version, or made for another pipeline, says nothing of what this revision needs.
    private static bool IsCurrent(InputReceipt? receipt, string eTag, JobRecord record) =>
        receipt is not null && receipt.Input.ETag == eTag && receipt.PipelineDigest == record.PipelineDigest;

    private async Task<string> StoreAsync(JobId job, StoredListing listing, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(listing, OrchestrationJson.Default.StoredListing);
        var reference = Convert.ToHexStringLower(SHA256.HashData(content))[..32];
        await store.WriteAsync(JobPaths.Listing(job, reference), content, WriteCondition.IfAbsent, cancellationToken);
        return reference;
    }
}
