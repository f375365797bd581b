using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Multimodal.Functions.Durable;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Functions.Jobs;

/// <summary>The activities of batches.</summary>
public sealed class BatchActivityFunctions(JobActivityServices services, DurableClients clients)
{
    /// <summary>How a batch stands.</summary>
    [Function(nameof(BatchActivities.LookAtBatch))]
    public Task<BatchLook> LookAtBatch([ActivityTrigger] LookRequest request, CancellationToken cancellationToken) =>
        BatchActivities.LookAtBatch.RunAsync(services, request, cancellationToken);

    /// <summary>A page of the listing to jobs, which it starts.</summary>
    [Function(nameof(BatchActivities.TakeInPage))]
    public Task<PageReport> TakeInPage(
        [ActivityTrigger] PageRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return BatchActivities.TakeInPage.RunAsync(services, request, cancellationToken);
    }
}
