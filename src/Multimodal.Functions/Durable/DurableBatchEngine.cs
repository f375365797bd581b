using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Functions.Durable;

/// <summary>Starts and wakes batches on Durable Functions.</summary>
internal sealed class DurableBatchEngine(DurableClients clients) : IBatchEngine
{
    private static readonly OrchestrationRuntimeStatus[] AtWork =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <inheritdoc/>
    public async Task StartAsync(RunBatchRequest request, CancellationToken cancellationToken = default)
    {
        var options = new StartOrchestrationOptions(InstanceId: BatchOrchestration.InstanceOf(request.Batch)).WithDedupeStatuses(AtWork);
        try
        {
            await clients.Current.ScheduleNewOrchestrationInstanceAsync(BatchOrchestration.Name, request, options, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It runs; what it is to do stands in its record.
        }
    }

    /// <inheritdoc/>
    public async Task WakeAsync(string batch, CancellationToken cancellationToken = default)
    {
        try
        {
            await clients.Current.RaiseEventAsync(BatchOrchestration.InstanceOf(batch), EventNames.BatchChanged, cancellation: cancellationToken);
        }
        catch (RpcException)
        {
            // It does not run, or ended in between: it looks at its record anyway, within minutes.
        }
    }
}
