using System.Security.Cryptography;
using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks the store what a job has, and keeps the answer so that later stages work on just that.</summary>
public sealed class ListInputsActivity(JobBlobs store, JobRecords records, InputStore inputs)
{
    private const int ConcurrentReads = 16;

    /// <summary>Lists a job's inputs.</summary>
    public async Task<InputListing> RunAsync(ListRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var record = await records.GetAsync(request.JobId, cancellationToken);
        var uploads = await inputs.ListUploadsAsync(request.JobId, cancellationToken)
            .ToDictionaryAsync(upload => upload.Name, upload => upload.Entry, StringComparer.Ordinal, cancellationToken: cancellationToken);
        string[] names = [.. uploads.Keys.Union(record.Options.Inputs ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var receipts = new InputReceipt?[names.Length];
        await Parallel.ForAsync(
            0,
            names.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (i, token) => receipts[i] = await inputs.FindReceiptAsync(request.JobId, names[i], token));

        var current = receipts.OfType<InputReceipt>()
            .Where(receipt => IsCurrent(receipt, uploads.GetValueOrDefault(receipt.Input.Name), record))
            .ToList();
        var awaited = names.Except(current.Select(receipt => receipt.Input.Name), StringComparer.Ordinal).ToList();
        return new InputListing(
            await StoreAsync(request.JobId, new StoredListing(current, awaited), cancellationToken),
            [.. from receipt in current
                where receipt.State == InputState.Ready && receipt.Modality is not null
                group receipt by receipt.Modality!.Value into modality
                orderby modality.Key
                select new ModalityCount(modality.Key, modality.Count())],
            current.Count(receipt => receipt.State != InputState.Ready),
            awaited.Count,
            uploads.Count == 0 ? null : uploads.Values.Max(entry => entry.LastModified));
    }

    // A receipt of an older version, or made for another pipeline, says nothing of what this revision needs.
    private static bool IsCurrent(InputReceipt receipt, BlobEntry? upload, JobRecord record) =>
        receipt.Input.ETag == (upload?.ETag ?? InputIdentity.NotStored) && receipt.PipelineDigest == record.PipelineDigest;

    private async Task<string> StoreAsync(JobId job, StoredListing listing, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(listing, OrchestrationJson.Default.StoredListing);
        var reference = Convert.ToHexStringLower(SHA256.HashData(content))[..32];
        await store.WriteAsync(JobPaths.Listing(job, reference), content, WriteCondition.IfAbsent, cancellationToken);
        return reference;
    }
}
