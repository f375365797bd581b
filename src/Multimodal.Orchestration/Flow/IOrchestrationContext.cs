using Multimodal.Orchestration.Activities;

namespace Multimodal.Orchestration.Flow;

/// <summary>
/// The port to the engine that runs the orchestration. The orchestration touches the world through nothing else,
/// so that an engine may replay it from its history.
/// </summary>
public interface IOrchestrationContext
{
    /// <summary>The id of this run: the job's id.</summary>
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

    /// <summary>
    /// Lets the run go on from its beginning with another request and without its history, so that no run's history grows
    /// with the time that it waits. The orchestration must return right after this; events that were not consumed are kept.
    /// </summary>
    void ContinueAsNew(RunJobRequest request);

    /// <summary>Says how far the job is.</summary>
    void SetStatus(JobProgress progress);
}
