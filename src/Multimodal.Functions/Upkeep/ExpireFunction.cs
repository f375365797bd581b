using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Multimodal.Functions.Composition;
using Multimodal.Functions.Durable;
using Multimodal.Orchestration.Intake;

namespace Multimodal.Functions.Upkeep;

/// <summary>Deletes what is past its retention.</summary>
public sealed class ExpireFunction
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    private readonly RetentionSweep _sweep;
    private readonly UpkeepSettings _settings;
    private readonly DurableClients _clients;
    private readonly TimeProvider _time;
    private readonly ILogger<ExpireFunction> _logger;

    internal ExpireFunction(
        RetentionSweep sweep, UpkeepSettings settings, DurableClients clients, TimeProvider time, ILogger<ExpireFunction> logger) =>
        (_sweep, _settings, _clients, _time, _logger) = (sweep, settings, clients, time, logger);

    /// <summary>Every hour: the store by its own rules, then the history of ended orchestrations.</summary>
    [Function(nameof(Expire))]
    public async Task Expire(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        _clients.Use(client);
        await _sweep.RunAsync(cancellationToken);
        var filter = new PurgeInstancesFilter(CreatedTo: _time.GetUtcNow() - _settings.HistoryRetention, Statuses: Ended);
        var purged = await client.PurgeAllInstancesAsync(filter, cancellationToken);
        Log.HistoryPurged(_logger, purged.PurgedInstanceCount);
    }
}
