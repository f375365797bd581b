using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Local.Engine;

/// <summary>Runs a batch in this process. It keeps no history, and takes no turn from jobs: what it does is bounded by itself.</summary>
internal sealed class LocalBatchContext(
    string instanceId, LocalActivities activities, EventMailbox mailbox, TimeProvider time, CancellationToken waits) : IBatchContext
{
    public string InstanceId => instanceId;

    public DateTimeOffset CurrentUtcTime => time.GetUtcNow();

    /// <summary>What the run is to go on with; null where it is not.</summary>
    public RunBatchRequest? Next { get; private set; }

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class => activities.CallAsync(activity, input);

    public Task<bool> WaitForEventAsync(string name, DateTimeOffset until) => mailbox.WaitAsync(name, until, waits);

    public void ContinueAsNew(RunBatchRequest request) => Next = request;
}
