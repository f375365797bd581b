using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Multimodal.Functions.Durable;
using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Functions.Jobs;

/// <summary>The orchestration of batches, on Durable Functions.</summary>
public static class RunBatchFunction
{
    /// <summary>Takes in a batch to its end.</summary>
    [Function(BatchOrchestration.Name)]
    public static Task<BatchSummary?> RunBatch([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.GetInput<RunBatchRequest>() ?? throw new InvalidOperationException("The orchestration was started without its request.");
        return BatchOrchestration.RunAsync(new DurableOrchestrationContext(context), request);
    }
}
