using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Engine;

/// <summary>Runs jobs in this process, each under its lease, at most one revision of a job at a time.</summary>
internal sealed class LocalEngine(JobActivityServices services, IJobLeases leases, TimeProvider time, ILogger<LocalEngine> logger)
    : IJobEngine, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, LocalRun> _runs = [];
    private readonly CancellationTokenSource _stopping = new();

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

    /// <summary>Stops the runs; their jobs stay open and are taken up again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        // A container that knows the engine under two types disposes of it twice.
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        Task[] running;
        lock (_lock)
        {
            running = [.. _runs.Values.Select(run => run.Completion.Task)];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
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
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, run.Stopping.Token);
        try
        {
            JobSummary summary;
            await using (var lease = await leases.TryAcquireAsync(job, stopping.Token) ?? throw new JobLeasedException(job))
            {
                summary = await OrchestrateAsync(run, stopping.Token);
            }

            End(run);
            run.Completion.SetResult(summary);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            End(run);
            run.Completion.SetCanceled(CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.JobStopped(logger, e, job);
            End(run);
            run.Completion.SetException(e);
        }
    }

    private async Task<JobSummary> OrchestrateAsync(LocalRun run, CancellationToken cancellationToken)
    {
        for (var request = run.Request; ;)
        {
            var context = new LocalOrchestrationContext(
                request.JobId.Value, services, run.Mailbox, progress => run.Progress = progress, time, logger, cancellationToken);
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
            if (run.Next is { } next && !_stopping.IsCancellationRequested)
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
