using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Engine;

/// <summary>
/// Runs batches in this process, each under a lease. A batch that another process has is waited for: when that process ends, or the batch
/// does, this one sees it.
/// </summary>
internal sealed class LocalBatchEngine(JobActivityServices services, IJobLeases leases, TimeProvider time, ILogger<LocalBatchEngine> logger)
    : IBatchEngine, IAsyncDisposable
{
    private static readonly TimeSpan LeasePause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (EventMailbox Mailbox, Task Run)> _runs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <inheritdoc/>
    public Task StartAsync(RunBatchRequest request, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_runs.ContainsKey(request.Batch) && !_draining.IsCancellationRequested)
            {
                var mailbox = new EventMailbox(time);
                _runs[request.Batch] = (mailbox, Task.Run(() => WorkAsync(request, mailbox), CancellationToken.None));
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WakeAsync(string batch, CancellationToken cancellationToken = default)
    {
        if (_runs.TryGetValue(batch, out var run))
        {
            run.Mailbox.Post(EventNames.BatchChanged);
        }

        return Task.CompletedTask;
    }

    /// <summary>Lets the pages that are being taken in end, and begins no further one.</summary>
    /// <param name="limit">Ends the wait for them.</param>
    public async Task DrainAsync(CancellationToken limit)
    {
        await _draining.CancelAsync();
        await Task.WhenAll(_runs.Values.Select(run => run.Run)).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _draining.CancelAsync();
        await _stopping.CancelAsync();
        await Task.WhenAll(_runs.Values.Select(run => run.Run)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _draining.Dispose();
        _stopping.Dispose();
    }

    private async Task WorkAsync(RunBatchRequest request, EventMailbox mailbox)
    {
        try
        {
            await using var lease = await AcquireAsync(request.Batch);
            for (var next = request; next is not null;)
            {
                var instance = BatchOrchestration.InstanceOf(request.Batch);
                var activities = new LocalActivities(instance, services, time, logger, new RunTokens(_draining.Token, _stopping.Token));
                var context = new LocalBatchContext(instance, activities, mailbox, time, _draining.Token);
                next = await BatchOrchestration.RunAsync(context, next) is null ? context.Next : null;
            }
        }
        catch (OperationCanceledException) when (_draining.IsCancellationRequested)
        {
            // The host stops; the record says where the next one goes on.
        }
        catch (Exception e)
        {
            Log.BatchFailed(logger, LoggedException.Of(e), request.Batch);
        }
        finally
        {
            // Not before it is entered.
            lock (_lock)
            {
                _runs.TryRemove(request.Batch, out _);
            }
        }
    }

    private async Task<IAsyncDisposable> AcquireAsync(string batch)
    {
        while (true)
        {
            if (await leases.TryAcquireAsync(LeaseOf(batch), _draining.Token) is { } lease)
            {
                return lease;
            }

            await Task.Delay(LeasePause, time, _draining.Token);
        }
    }

    // Leases are named as jobs are; this name is no job's by any chance.
    private static JobId LeaseOf(string batch) =>
        JobId.Parse($"batch-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(batch)))[..40]}");
}
