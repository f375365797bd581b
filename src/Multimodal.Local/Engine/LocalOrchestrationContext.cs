using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Local.Engine;

/// <summary>Runs the orchestration in this process. It keeps no history: every stage finds its own stored output.</summary>
internal sealed class LocalOrchestrationContext(
    string instanceId,
    JobActivityServices services,
    EventMailbox mailbox,
    Action<JobProgress> report,
    TimeProvider time,
    ILogger logger,
    CancellationToken cancellationToken) : IOrchestrationContext
{
    public string InstanceId => instanceId;

    public DateTimeOffset CurrentUtcTime => time.GetUtcNow();

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        var message = ActivityMessages.Write(activity.Name, "input", input, activity.InputType);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan delay;
            try
            {
                // On a thread of its own, so that activities that are called together run together.
                var output = await Task.Run(
                    () => activity.RunAsync(services, ActivityMessages.Read(message, activity.InputType), cancellationToken), cancellationToken);
                return ActivityMessages.Read(
                    ActivityMessages.Write(activity.Name, "output", output, activity.OutputType), activity.OutputType);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not MessageTooLargeException)
            {
                if (attempt == RetryPolicy.Default.Attempts)
                {
                    throw new ActivityFailedException(activity.Name, e.Message, e);
                }

                delay = RetryPolicy.Default.DelayAfter(attempt);
                Log.ActivityRetried(logger, e, instanceId, activity.Name, attempt, delay);
            }

            await Task.Delay(delay, time, cancellationToken);
        }
    }

    public Task<bool> WaitForEventAsync(string name, DateTimeOffset until) => mailbox.WaitAsync(name, until, cancellationToken);

    /// <summary>What the run is to go on with; null where it is not.</summary>
    public RunJobRequest? Next { get; private set; }

    public void ContinueAsNew(RunJobRequest request) => Next = request;

    public void SetStatus(JobProgress progress) => report(progress);
}
