using Microsoft.Extensions.Logging;
using Multimodal.Local.Engine;
using Multimodal.Orchestration.Batches;

namespace Multimodal.Local.Serve.Upkeep;

/// <summary>Takes up every batch that is not over at the start, and later those that nothing runs; and lets them rest when the host stops.</summary>
internal sealed class BatchUpkeep(BatchAdministration batches, LocalBatchEngine engine, TimeProvider time, ILogger<BatchUpkeep> logger)
    : PeriodicTask(TimeSpan.FromMinutes(1), time, logger)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await engine.DrainAsync(cancellationToken);
    }

    protected override Task RunOnceAsync(bool first, CancellationToken cancellationToken) => batches.RecoverAsync(cancellationToken);
}
