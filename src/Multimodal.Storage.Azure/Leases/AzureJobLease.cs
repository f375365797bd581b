using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Storage.Azure.Blobs;

namespace Multimodal.Storage.Azure.Leases;

/// <summary>
/// A lease that is held and prolonged until it is disposed of. It is finite, so that it ends with its holder's process. Where it
/// is lost, because the service could not be reached for its whole duration or someone broke it, the holder goes on: two runs
/// of one job cost work and harm nothing, for every stage finds its own output and every change is conditional.
/// </summary>
internal sealed class AzureJobLease : IAsyncDisposable
{
    /// <summary>How long a job stays locked after a crash: the longest finite duration that the service has.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>Two attempts to prolong it may fail before it ends.</summary>
    public static readonly TimeSpan RenewalPeriod = Duration / 3;

    private readonly JobId _jobId;
    private readonly BlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _renewing;
    private int _disposed;

    public AzureJobLease(JobId jobId, BlobClient blob, BlobLeaseClient lease, TimeProvider time, ILogger logger)
    {
        (_jobId, _blob, _lease, _time, _logger) = (jobId, blob, lease, time, logger);
        _renewing = RenewAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _renewing;
        _stopping.Dispose();
        using var limit = new CancellationTokenSource(Duration);
        try
        {
            // The lease goes with its blob, in one step.
            await _blob.DeleteAsync(
                DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { LeaseId = _lease.LeaseId }, limit.Token);
        }
        catch (RequestFailedException e) when (e.IsLeaseLost())
        {
            // It is another's now, or nobody's.
        }
        catch (Exception e)
        {
            Log.LeaseNotReleased(_logger, LoggedException.Of(e), _jobId, Duration);
        }
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(RenewalPeriod, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping) && await TryRenewAsync(stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is given back.
        }
    }

    // False where there is nothing left to prolong.
    private async Task<bool> TryRenewAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(RenewalPeriod);
        try
        {
            await _lease.RenewAsync(cancellationToken: limit.Token);
        }
        catch (RequestFailedException e) when (e.IsLeaseLost())
        {
            Log.LeaseLost(_logger, LoggedException.Of(e), _jobId);
            return false;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.LeaseNotRenewed(_logger, LoggedException.Of(e), _jobId, RenewalPeriod);
        }

        return true;
    }
}
