using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Local.Engine;

/// <summary>Runs the activities of one run in this process, by the one policy of retries.</summary>
internal sealed class LocalActivities(string instanceId, JobActivityServices services, TimeProvider time, ILogger logger, RunTokens tokens)
{
    public async Task<TOutput> CallAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        var message = ActivityMessages.Write(activity.Name, "input", input, activity.InputType);
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
                // What belongs to an erased job is never there again.
                if (attempt == RetryPolicy.Default.Attempts || e is JobErasedException)
                {
                    throw new ActivityFailedException(activity.Name, e.Message, e);
                }

                delay = RetryPolicy.Default.DelayAfter(attempt);
                Log.ActivityRetried(logger, LoggedException.Of(e), instanceId, activity.Name, attempt, delay);
            }

            await Task.Delay(delay, time, tokens.Waits);
        }
    }

    private async Task<TOutput> AttemptAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, byte[] message)
        where TInput : class
        where TOutput : class
    {
        var output = await activity.RunAsync(services, ActivityMessages.Read(message, activity.InputType), tokens.Activities);
        return ActivityMessages.Read(ActivityMessages.Write(activity.Name, "output", output, activity.OutputType), activity.OutputType);
    }
}
