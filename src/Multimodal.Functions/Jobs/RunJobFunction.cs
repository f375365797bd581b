using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Multimodal.Functions.Durable;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Functions.Jobs;

/// <summary>The one orchestration, on Durable Functions.</summary>
public static class RunJobFunction
{
    /// <summary>Runs a job to its end.</summary>
    [Function(JobOrchestration.Name)]
    public static Task<JobSummary?> RunJob([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.GetInput<RunJobRequest>() ?? throw new InvalidOperationException("The orchestration was started without its request.");
        return JobOrchestration.RunAsync(new DurableOrchestrationContext(context), request);
    }
}
