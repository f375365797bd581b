using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Multimodal.Orchestration.Recovery;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks the store what a job has, and keeps the answer so that later stages work on just that.</summary>
public sealed class ListInputsActivity(JobBlobs store, JobRecords records, InputStore inputs, StragglerIntake stragglers)
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
        var current = await FindCurrentAsync(record, names, uploads, cancellationToken);
        var missing = uploads.Where(upload => !current.ContainsKey(upload.Key)).Select(upload => upload.Value).ToList();
        if (await stragglers.TakeInAsync(record, missing, cancellationToken))
        {
            current = await FindCurrentAsync(record, names, uploads, cancellationToken);
        }

        InputReceipt[] receipts = [.. names.Select(current.GetValueOrDefault).OfType<InputReceipt>()];
        string[] awaited = [.. names.Where(name => !current.ContainsKey(name))];
        return new InputListing(
            await StoreAsync(request.JobId, new StoredListing(receipts, awaited), cancellationToken),
            [.. from receipt in receipts
                where receipt.State == InputState.Ready && receipt.Modality is not null
                group receipt by receipt.Modality!.Value into modality
                orderby modality.Key
                select new ModalityCount(modality.Key, modality.Count())],
            receipts.Count(receipt => receipt.State != InputState.Ready),
            awaited.Length,
            uploads.Count == 0 ? null : uploads.Values.Max(entry => entry.LastModified));
    }

    private async Task<IReadOnlyDictionary<string, InputReceipt>> FindCurrentAsync(
        JobRecord record, IReadOnlyList<string> names, IReadOnlyDictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        var current = new ConcurrentDictionary<string, InputReceipt>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (name, token) =>
            {
                if (await inputs.FindReceiptAsync(record.JobId, name, token) is { } receipt
                    && IsCurrent(receipt, uploads.GetValueOrDefault(name), record))
                {
                    current[name] = receipt;
                }
            });
        return current;
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
