using Multimodal.Orchestration.Activities;

namespace Multimodal.Orchestration.Flow;

/// <summary>
/// What every orchestration asks of the engine that runs it. It touches the world through nothing else, so that an engine may replay it
/// from its history.
/// </summary>
public interface IActivityContext
{
    /// <summary>The id of this run.</summary>
    string InstanceId { get; }

    /// <summary>The time as this run sees it; a replay sees the same.</summary>
    DateTimeOffset CurrentUtcTime { get; }

    /// <summary>Runs an activity, with <see cref="RetryPolicy.Default"/>.</summary>
    /// <exception cref="ActivityFailedException">It failed at every attempt.</exception>
    Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class;

    /// <summary>Waits until an event has come, or until a time.</summary>
    /// <returns>Whether an event came; it is then consumed.</returns>
    Task<bool> WaitForEventAsync(string name, DateTimeOffset until);
}
