using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Privacy;

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
    private Task<IDisposable>? _turn;

    public string InstanceId => instanceId;

    public DateTimeOffset CurrentUtcTime => time.GetUtcNow();

    /// <summary>What the run is to go on with; null where it is not.</summary>
    public RunJobRequest? Next { get; private set; }

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        var message = ActivityMessages.Write(activity.Name, "input", input, activity.InputType);
        using var step = await EnterAsync(activity.Name);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan delay;
            tokens.Waits.ThrowIfCancellationRequested();
            try
            {
                // On a thread of its own, so that activities that are called together run together.
                return await Task.Run(() => AttemptAsync(activity, message), tokens.Activities);
            }
            catch (Exception e) when (!tokens.Activities.IsCancellationRequested && e is not MessageTooLargeException)
            {
                if (attempt == RetryPolicy.Default.Attempts)
                {
                    throw new ActivityFailedException(activity.Name, e.Message, e);
                }

                delay = RetryPolicy.Default.DelayAfter(attempt);
                Log.ActivityRetried(logger, LoggedException.Of(e), instanceId, activity.Name, attempt, delay);
            }

            await Task.Delay(delay, time, tokens.Waits);
        }
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

    private async Task<TOutput> AttemptAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, byte[] message)
        where TInput : class
        where TOutput : class
    {
        var output = await activity.RunAsync(services, ActivityMessages.Read(message, activity.InputType), tokens.Activities);
        return ActivityMessages.Read(ActivityMessages.Write(activity.Name, "output", output, activity.OutputType), activity.OutputType);
    }
}
