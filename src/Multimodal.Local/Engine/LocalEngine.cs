using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Engine;

/// <summary>Runs jobs in this process, each under its lease, at most one revision of a job at a time.</summary>
internal sealed class LocalEngine(
    JobActivityServices services, JobRecords records, IJobLeases leases, EngineOptions options, TimeProvider time, ILogger<LocalEngine> logger)
    : IJobEngine, IAsyncDisposable
{
    private const int LeaseFailures = 5;
    private static readonly TimeSpan LeasePause = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, LocalRun> _runs = [];
    private readonly JobSlots _slots = new(options);
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Whether as many jobs wait as may: the engine takes more, but none should be sent.</summary>
    public bool IsFull => _slots.IsFull;

    /// <summary>How many jobs wait for their turn.</summary>
    public int Waiting => _slots.Waiting;

    /// <inheritdoc/>
    public Task StartAsync(RunJobRequest request, CancellationToken cancellationToken = default)
    {
        _ = RunAsync(request);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WakeAsync(JobId job, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _runs.GetValueOrDefault(job)?.Mailbox.Post(EventNames.InputsChanged);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<JobProgress?> FindProgressAsync(JobId job, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_runs.GetValueOrDefault(job)?.Progress);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(JobId job, CancellationToken cancellationToken = default)
    {
        LocalRun? run;
        lock (_lock)
        {
            run = _runs.GetValueOrDefault(job);
            run?.Next = null;
        }

        if (run is not null)
        {
            await run.Stopping.CancelAsync();
            await Task.WhenAny(run.Completion.Task).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Starts a revision, or joins the run of it; the task ends with the run.</summary>
    /// <remarks>
    /// The task fails with <see cref="JobLeasedException"/> where another process has the job, and with
    /// <see cref="ActivityFailedException"/> where a stage failed at every attempt; the job then stays open.
    /// </remarks>
    public Task<JobSummary> RunAsync(RunJobRequest request)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(request.JobId, out var run))
            {
                return Begin(new LocalRun(request, time)).Completion.Task;
            }

            if (request.Revision > run.Request.Revision)
            {
                // A revision asked for while the one before is still ending must not be lost.
                run = run.Next ??= new LocalRun(request, time);
            }

            return run.Completion.Task;
        }
    }

    /// <summary>
    /// Lets activities that are at work end, and begins no further one. The jobs stay open and are taken up again at the next start.
    /// </summary>
    /// <param name="limit">Ends the wait for them.</param>
    public async Task DrainAsync(CancellationToken limit)
    {
        await _draining.CancelAsync();
        await EndOfRunsAsync().WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops the runs; their jobs stay open and are taken up again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        // A container that knows the engine under two types disposes of it twice.
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _draining.CancelAsync();
        await _stopping.CancelAsync();
        await EndOfRunsAsync();
        _draining.Dispose();
        _stopping.Dispose();
        _slots.Dispose();
    }

    private async Task EndOfRunsAsync()
    {
        Task[] running;
        lock (_lock)
        {
            running = [.. _runs.Values.Select(run => run.Completion.Task)];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private LocalRun Begin(LocalRun run)
    {
        _runs[run.Request.JobId] = run;
        _ = Task.Run(() => WorkAsync(run));
        return run;
    }

    private async Task WorkAsync(LocalRun run)
    {
        var job = run.Request.JobId;
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(_draining.Token, run.Stopping.Token);
        using var activities = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, run.Stopping.Token);
        using var span = EngineTelemetry.Source.StartActivity(JobOrchestration.Name)?.SetTag("multimodal.job.id", job.Value);
        EngineTelemetry.Running.Add(1);
        try
        {
            JobSummary summary;
            await using (await AcquireAsync(run.Request, waits.Token))
            {
                summary = await OrchestrateAsync(run, new RunTokens(waits.Token, activities.Token));
            }

            End(run);
            run.Completion.SetResult(summary);
        }
        catch (OperationCanceledException) when (waits.IsCancellationRequested)
        {
            End(run);
            run.Completion.SetCanceled(CancellationToken.None);
        }
        catch (JobElsewhereException)
        {
            End(run);
            run.Completion.SetCanceled(CancellationToken.None);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            EngineTelemetry.Stopped.Add(1);
            Log.JobStopped(logger, LoggedException.Of(e), job);
            End(run);
            run.Completion.SetException(e);
        }
        finally
        {
            EngineTelemetry.Running.Add(-1);
        }
    }

    private async Task<IAsyncDisposable> AcquireAsync(RunJobRequest request, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                using (await _slots.StepAsync(cancellationToken))
                {
                    if (await leases.TryAcquireAsync(request.JobId, cancellationToken) is { } lease)
                    {
                        return lease;
                    }
                }
            }
            catch (Exception e) when (e is not OperationCanceledException && options.AwaitsLeases && ++failures < LeaseFailures)
            {
                // Out of reach for a moment; where an answer alone was lost, the lease ends by itself.
                Log.LeaseOutOfReach(logger, LoggedException.Of(e), request.JobId, LeasePause);
            }

            if (!options.AwaitsLeases)
            {
                throw new JobLeasedException(request.JobId);
            }

            await Task.Delay(LeasePause, time, cancellationToken);
            if (await records.FindAsync(request.JobId, cancellationToken) is not { State: JobState.Open })
            {
                throw new JobElsewhereException(request.JobId);
            }
        }
    }

    private async Task<JobSummary> OrchestrateAsync(LocalRun run, RunTokens tokens)
    {
        for (var request = run.Request; ;)
        {
            await using var context = new LocalOrchestrationContext(
                request.JobId.Value, services, _slots, run.Mailbox, progress => run.Progress = progress, time, logger, tokens);
            if (await JobOrchestration.RunAsync(context, request) is { } summary)
            {
                return summary;
            }

            request = context.Next!;
        }
    }

    private void End(LocalRun run)
    {
        lock (_lock)
        {
            if (run.Next is { } next && !_draining.IsCancellationRequested)
            {
                Begin(next);
            }
            else
            {
                _runs.Remove(run.Request.JobId);
            }
        }
    }
}
