using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;

namespace Multimodal.Storage.Azure.Leases;

/// <summary>
/// Leases on empty blobs <c>{jobId}</c> in a container of their own: a lease on the job record would refuse the writes of
/// everyone else who may change it. A blob is there only while its lease is held, or after a crash until the job is taken again.
/// </summary>
internal sealed class AzureJobLeases(BlobServiceClient service, TimeProvider time, ILogger<AzureJobLeases> logger) : IJobLeases
{
    /// <summary>The container of the leases.</summary>
    public const string Container = "leases";

    public async ValueTask<IAsyncDisposable?> TryAcquireAsync(JobId jobId, CancellationToken cancellationToken = default)
    {
        var blob = service.GetBlobContainerClient(Container).GetBlobClient(jobId.Value);
        var lease = blob.GetBlobLeaseClient();
        while (true)
        {
            await EnsureThereAsync(blob, cancellationToken);
            try
            {
                await lease.AcquireAsync(AzureJobLease.Duration, cancellationToken: cancellationToken);
                return new AzureJobLease(jobId, blob, lease, time, logger);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
            {
                return null;
            }
            catch (RequestFailedException e) when (e.IsBlobMissing())
            {
                // Its holder gave it back in between.
            }
        }
    }

    private static async Task EnsureThereAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var onlyIfAbsent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(BinaryData.Empty, onlyIfAbsent, cancellationToken);
        }
        catch (RequestFailedException e) when (
            e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.IsOtherVersion() || e.ErrorCode == BlobErrorCode.LeaseIdMissing)
        {
            // It is there, leased or not.
        }
    }
}
