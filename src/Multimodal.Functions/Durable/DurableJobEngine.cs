using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Functions.Durable;

/// <summary>Starts, wakes and stops jobs on Durable Functions. The job's id is the instance's.</summary>
internal sealed class DurableJobEngine(DurableClients clients, TimeProvider time, ILogger<DurableJobEngine> logger) : IJobEngine
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestEnding = TimeSpan.FromMinutes(1);

    // An ended instance gives way to the next revision; one that is at work does not.
    private static readonly OrchestrationRuntimeStatus[] AtWork =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <inheritdoc/>
    public async Task StartAsync(RunJobRequest request, CancellationToken cancellationToken = default)
    {
        var givingUp = time.GetUtcNow() + LongestEnding;
        while (!await TryStartAsync(request, cancellationToken))
        {
            // A run that is only just ending has asked the record for the last time and would miss what is asked for now.
            if (await FindProgressAsync(request.JobId, cancellationToken) is not { Stage: JobStage.Publishing or JobStage.Closed }
                || time.GetUtcNow() >= givingUp)
            {
                return;
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task WakeAsync(JobId job, CancellationToken cancellationToken = default)
    {
        if (!await IsAtWorkAsync(job, cancellationToken))
        {
            return;
        }

        try
        {
            await clients.Current.RaiseEventAsync(job.Value, EventNames.InputsChanged, cancellation: cancellationToken);
        }
        catch (RpcException e)
        {
            // It ended in between, or the engine did not answer. The store is the truth; a lost event costs a quiet period.
            Log.EventLost(logger, job, e.Status.Detail);
        }
    }

    /// <inheritdoc/>
    public async Task<JobProgress?> FindProgressAsync(JobId job, CancellationToken cancellationToken = default)
    {
        // Without inputs and outputs there is no custom status either.
        var instance = await clients.Current.GetInstanceAsync(job.Value, getInputsAndOutputs: true, cancellationToken);
        return instance is null ? null
            : instance.SerializedCustomStatus is null ? new JobProgress(JobStage.Collecting)
            : instance.ReadCustomStatusAs<JobProgress>();
    }

    /// <inheritdoc/>
    public async Task StopAsync(JobId job, CancellationToken cancellationToken = default)
    {
        if (await IsAtWorkAsync(job, cancellationToken))
        {
            try
            {
                await clients.Current.TerminateInstanceAsync(job.Value, cancellation: cancellationToken);
            }
            catch (RpcException) when (!cancellationToken.IsCancellationRequested)
            {
                // It ended by itself in between; if not, the wait below says so.
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestEnding);
            await clients.Current.WaitForInstanceCompletionAsync(job.Value, limit.Token);
        }

        await clients.Current.PurgeInstanceAsync(job.Value, cancellationToken);
    }

    private async Task<bool> TryStartAsync(RunJobRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var options = new StartOrchestrationOptions(InstanceId: request.JobId.Value).WithDedupeStatuses(AtWork);
            await clients.Current.ScheduleNewOrchestrationInstanceAsync(JobOrchestration.Name, request, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Triggers deliver at least once, and a job's inputs come side by side.
            return false;
        }
    }

    private async Task<bool> IsAtWorkAsync(JobId job, CancellationToken cancellationToken) =>
        await clients.Current.GetInstanceAsync(job.Value, cancellationToken) is { } instance && AtWork.Contains(instance.RuntimeStatus);
}
