using Microsoft.DurableTask;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;
using RetryPolicy = Multimodal.Orchestration.Flow.RetryPolicy;

namespace Multimodal.Functions.Durable;

/// <summary>The orchestrations' ports on Durable Functions.</summary>
internal sealed class DurableOrchestrationContext(TaskOrchestrationContext context) : IOrchestrationContext, IBatchContext
{
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new Microsoft.DurableTask.RetryPolicy(
        RetryPolicy.Default.Attempts, RetryPolicy.Default.FirstDelay, RetryPolicy.Default.Backoff, RetryPolicy.Default.MaximumDelay));

    private readonly Dictionary<string, Task<string?>> _waits = new(StringComparer.Ordinal);

    public string InstanceId => context.InstanceId;

    public DateTimeOffset CurrentUtcTime => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        try
        {
            return await context.CallActivityAsync<TOutput>(activity.Name, input, Retries);
        }
        catch (TaskFailedException e)
        {
            throw new ActivityFailedException(activity.Name, e.FailureDetails.ErrorMessage, e);
        }
    }

    /// <remarks>
    /// A wait that a timer ended is kept and goes on with the next call. Durable hands an event to the newest wait of its name, cancelled
    /// or not, so a new wait beside a cancelled one would leave the event after next to the cancelled one, where it is lost.
    /// </remarks>
    public async Task<bool> WaitForEventAsync(string name, DateTimeOffset until)
    {
        if (!_waits.TryGetValue(name, out var wait))
        {
            wait = context.WaitForExternalEvent<string?>(name);
            _waits[name] = wait;
        }

        if (!wait.IsCompleted && until > CurrentUtcTime)
        {
            using var cancellation = new CancellationTokenSource();
            await Task.WhenAny(wait, context.CreateTimer(until.UtcDateTime, cancellation.Token));

            // A timer left behind would keep the orchestration from ending. Not CancelAsync: it leaves the engine's thread, and replays
            // would differ.
            cancellation.Cancel();
        }

        return wait.IsCompleted && _waits.Remove(name);
    }

    public void ContinueAsNew(RunJobRequest request) => context.ContinueAsNew(IsWoken() ? request with { WakeAt = CurrentUtcTime } : request);

    public void ContinueAsNew(RunBatchRequest request) => context.ContinueAsNew(IsWoken() ? request with { WakeAt = CurrentUtcTime } : request);

    public void SetStatus(JobProgress progress) => context.SetCustomStatus(progress);

    // An event that a kept wait has taken already ends with this history; what it tells is seen by looking at once.
    private bool IsWoken() => _waits.Values.Any(wait => wait.IsCompleted);
}
