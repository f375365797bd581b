using Multimodal.Capacity.Inputs;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Capacity.Measuring;

/// <summary>
/// Runs the orchestration on the real activities and counts what a durable engine would keep in its history. Timers fire at once:
/// the time as the run sees it jumps.
/// </summary>
internal sealed class HistoryContext(JobActivityServices activities, RunJobRequest request, int events) : IOrchestrationContext
{
    private readonly List<string> _activities = [];
    private readonly int _events = events;
    private int _buffered = events;
    private int _timers;
    private int _starts;
    private RunJobRequest? _next;
    private TimeSpan _ahead;

    public string InstanceId => request.JobId.Value;

    public DateTimeOffset CurrentUtcTime => TimeProvider.System.GetUtcNow() + _ahead;

    /// <summary>The activities that ran, in the order of their beginning.</summary>
    public IReadOnlyList<string> Activities => _activities;

    /// <summary>What was dispatched; every event that was raised is, consumed or not.</summary>
    public JobHistory History => new(_starts, _activities.Count, _events, _timers);

    /// <summary>Runs a job to its end, over as many runs as it takes.</summary>
    public async Task RunAsync()
    {
        for (RunJobRequest? next = request; next is not null; next = _next)
        {
            (_next, _starts) = (null, _starts + 1);
            await JobOrchestration.RunAsync(this, next);
        }
    }

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        _activities.Add(activity.Name);
        return activity.RunAsync(activities, input, CancellationToken.None);
    }

    public Task<bool> WaitForEventAsync(string name, DateTimeOffset until)
    {
        if (_buffered > 0)
        {
            _buffered--;
            return Task.FromResult(true);
        }

        _timers++;
        _ahead += until > CurrentUtcTime ? until - CurrentUtcTime : TimeSpan.Zero;
        return Task.FromResult(false);
    }

    public void ContinueAsNew(RunJobRequest next) => _next = next;

    public void SetStatus(JobProgress progress)
    {
    }
}
