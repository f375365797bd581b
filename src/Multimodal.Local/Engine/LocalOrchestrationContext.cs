using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Local.Engine;

/// <summary>Runs the orchestration in this process. It keeps no history: every stage finds its own stored output.</summary>
internal sealed class LocalOrchestrationContext(
    string instanceId,
    JobActivityServices services,
    JobSlots slots,
    EventMailbox mailbox,
    Action<JobProgress> report,
    TimeProvider time,
    ILogger logger,
    RunTokens tokens) : IOrchestrationContext, IAsyncDisposable
{
    private readonly LocalActivities _activities = new(instanceId, services, time, logger, tokens);
    private Task<IDisposable>? _turn;

    public string InstanceId => instanceId;

    public DateTimeOffset CurrentUtcTime => time.GetUtcNow();

    /// <summary>What the run is to go on with; null where it is not.</summary>
    public RunJobRequest? Next { get; private set; }

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        using var step = await EnterAsync(activity.Name);
        return await _activities.CallAsync(activity, input);
    }

    public Task<bool> WaitForEventAsync(string name, DateTimeOffset until) => mailbox.WaitAsync(name, until, tokens.Waits);

    public void ContinueAsNew(RunJobRequest request) => Next = request;

    public void SetStatus(JobProgress progress) => report(progress);

    /// <summary>Gives the job's turn to the next.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _turn, null) is { } turn)
        {
            await ((Task)turn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (turn.IsCompletedSuccessfully)
            {
                (await turn).Dispose();
            }
        }
    }

    // A job that still collects needs no turn, and gives back the one it had for an earlier revision; from then on it has one to its end.
    private async Task<IDisposable?> EnterAsync(string activity)
    {
        if (activity == JobActivities.ListInputs.Name)
        {
            await DisposeAsync();
            return await slots.StepAsync(tokens.Waits);
        }

        // Activities that are called together share the one turn.
        await (_turn ??= slots.EnterAsync(tokens.Waits));
        return null;
    }
}
