using Multimodal.Orchestration.Activities;

namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>The activities of a batch.</summary>
public static class BatchActivities
{
    /// <summary>How a batch stands: its state, what became of its jobs, and how many more it may take in.</summary>
    public static ActivityDefinition<LookRequest, BatchLook> LookAtBatch { get; } = new(
        nameof(LookAtBatch),
        OrchestrationJson.Default.LookRequest,
        OrchestrationJson.Default.BatchLook,
        static (services, request, cancellationToken) => services.LookAtBatch.RunAsync(request, cancellationToken));

    /// <summary>The next page of the listing, made to jobs.</summary>
    public static ActivityDefinition<PageRequest, PageReport> TakeInPage { get; } = new(
        nameof(TakeInPage),
        OrchestrationJson.Default.PageRequest,
        OrchestrationJson.Default.PageReport,
        static (services, request, cancellationToken) => services.TakeInPage.RunAsync(request, cancellationToken));
}
