using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Multimodal.Functions.Durable;
using Multimodal.Functions.Uploads;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Recovery;

namespace Multimodal.Functions.Upkeep;

/// <summary>Makes good what lost events and dead workers left behind.</summary>
public sealed class RecoverFunction(UploadSweep uploads, OpenJobSweep jobs, BatchAdministration batches, DurableClients clients)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Resumes batches that nothing runs, takes in uploads that no event told of, then resumes jobs that nothing runs.</summary>
    [Function(nameof(Recover))]
    public async Task Recover(
        [TimerTrigger(UploadSource.RecoverySchedule)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        await batches.RecoverAsync(cancellationToken);
        await uploads.RunAsync(Patience, cancellationToken);
        await jobs.RunAsync(Patience, cancellationToken);
    }
}
