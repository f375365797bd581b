using System.Runtime.CompilerServices;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Recovery;

/// <summary>Tells which uploads nothing became of: no receipt, no refusal, no job under their <c>job.json</c>.</summary>
public sealed class MissedUploads(IBlobStore store, JobRecords records, NameRefusal names)
{
    /// <summary>Goes through uploads and receipts side by side, holding no more than one job's receipts.</summary>
    /// <param name="before">Younger uploads are left out.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<BlobEntry> FindAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var receipts = new ReceiptReader(store.ListAsync(Containers.Inputs, "", cancellationToken));
        await foreach (var upload in store.ListAsync(Containers.Uploads, "", cancellationToken))
        {
            if (upload.LastModified <= before && !await IsKnownAsync(upload, receipts, cancellationToken))
            {
                yield return upload;
            }
        }
    }

    private async ValueTask<bool> IsKnownAsync(BlobEntry upload, ReceiptReader receipts, CancellationToken cancellationToken)
    {
        var name = UploadName.Parse(upload.Path.Name);
        return name switch
        {
            { Fault: not null } => await names.WasRefusedAsync(upload, name, cancellationToken),
            { IsManifest: true } => await IsAppliedAsync(name.Job!.Value, upload, cancellationToken),
            _ => await receipts.FindAsync(JobPaths.Receipt(name.Job!.Value, name.File)) is { } receipt && receipt.LastModified >= upload.LastModified,
        };
    }

    private async ValueTask<bool> IsAppliedAsync(JobId job, BlobEntry manifest, CancellationToken cancellationToken) =>
        (await records.FindAsync(job, cancellationToken))?.ManifestETag == manifest.ETag
        || (await store.FindAsync(JobPaths.QuarantineError(job, InputName.Manifest), cancellationToken))?.LastModified >= manifest.LastModified;
}
