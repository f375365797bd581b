using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Multimodal.Functions.Durable;
using Multimodal.Orchestration.Retention;

namespace Multimodal.Functions.Upkeep;

/// <summary>Deletes what is past its retention.</summary>
public sealed class ExpireFunction(
    RetentionSweep sweep, HistoryRetention history, DurableClients clients, TimeProvider time, ILogger<ExpireFunction> logger)
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Every hour: the store by its own rules, then the history of ended orchestrations.</summary>
    [Function(nameof(Expire))]
    public async Task Expire(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        await sweep.RunAsync(cancellationToken);
        var filter = new PurgeInstancesFilter(CreatedTo: time.GetUtcNow().AddDays(-history.Days), Statuses: Ended);
        var purged = await client.PurgeAllInstancesAsync(filter, cancellationToken);
        Log.HistoryPurged(logger, purged.PurgedInstanceCount);
    }
}
