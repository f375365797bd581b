using System.Globalization;
using System.Text.Json;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Orchestration.Tests.Replay;

/// <summary>
/// An engine as strict as Durable: nothing happens but by history entries, each of which runs the orchestration
/// synchronously until it waits again. What it asks for is recorded.
/// </summary>
internal sealed class ReplayContext(string instanceId, DateTimeOffset start, int events = 0) : IOrchestrationContext, IBatchContext
{
    private readonly Dictionary<int, Action<HistoryEntry>> _pending = [];
    private readonly Dictionary<string, Queue<int>> _waiting = [];
    private readonly Dictionary<string, int> _buffered = new() { [EventNames.InputsChanged] = events };

    public string InstanceId => instanceId;

    public DateTimeOffset CurrentUtcTime { get; private set; } = start;

    public List<OrchestrationAction> Actions { get; } = [];

    /// <summary>The actions that have not ended.</summary>
    public IEnumerable<OrchestrationAction> Open => Actions.Where(action => _pending.ContainsKey(action.Id));

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input)
        where TInput : class
        where TOutput : class
    {
        // No asynchronous continuations: the orchestration goes on within Apply, on its thread.
        var completion = new TaskCompletionSource<TOutput>();
        Record("activity", activity.Name, JsonSerializer.Serialize(input, activity.InputType), entry =>
        {
            switch (entry)
            {
                case ActivityCompleted completed:
                    completion.SetResult(JsonSerializer.Deserialize(completed.Output, activity.OutputType)!);
                    break;
                case ActivityFailed failed:
                    completion.SetException(new ActivityFailedException(activity.Name, failed.Reason));
                    break;
                default:
                    throw new InvalidOperationException($"{entry} does not end an activity.");
            }
        });
        return completion.Task;
    }

    public Task<bool> WaitForEventAsync(string name, DateTimeOffset until)
    {
        if (_buffered.GetValueOrDefault(name) > 0)
        {
            _buffered[name]--;
            return Task.FromResult(true);
        }

        var completion = new TaskCompletionSource<bool>();
        var id = Record("wait", name, until.ToString("O", CultureInfo.InvariantCulture), entry => completion.SetResult(entry is EventRaised));
        if (!_waiting.TryGetValue(name, out var queue))
        {
            _waiting.Add(name, queue = new Queue<int>());
        }

        queue.Enqueue(id);
        return completion.Task;
    }

    /// <summary>What the run is to go on with; null where it is not.</summary>
    public RunJobRequest? Next { get; private set; }

    /// <summary>What a batch's run is to go on with; null where it is not.</summary>
    public RunBatchRequest? NextBatch { get; private set; }

    /// <summary>Events that came and were not consumed.</summary>
    public int Buffered => _buffered[EventNames.InputsChanged];

    public void ContinueAsNew(RunJobRequest request)
    {
        Assert.Empty(_pending);
        Next = request;
        Actions.Add(new OrchestrationAction(Actions.Count, "continue", JobOrchestration.Name, JsonSerializer.Serialize(request, OrchestrationJson.Default.RunJobRequest)));
    }

    public void ContinueAsNew(RunBatchRequest request)
    {
        Assert.Empty(_pending);
        NextBatch = request;
        Actions.Add(new OrchestrationAction(Actions.Count, "continue", BatchOrchestration.Name, JsonSerializer.Serialize(request, OrchestrationJson.Default.RunBatchRequest)));
    }

    public void SetStatus(JobProgress progress) =>
        Actions.Add(new OrchestrationAction(Actions.Count, "status", progress.Stage.ToString(), JsonSerializer.Serialize(progress, OrchestrationJson.Default.JobProgress)));

    /// <summary>Lets one thing happen.</summary>
    public void Apply(HistoryEntry entry)
    {
        CurrentUtcTime = entry.Time;
        switch (entry)
        {
            case EventRaised raised:
                while (_waiting.TryGetValue(raised.Name, out var queue) && queue.TryDequeue(out var waiting))
                {
                    if (_pending.ContainsKey(waiting))
                    {
                        End(waiting, entry);
                        return;
                    }
                }

                _buffered[raised.Name] = _buffered.GetValueOrDefault(raised.Name) + 1;
                break;
            case ActivityCompleted completed:
                End(completed.Action, entry);
                break;
            case ActivityFailed failed:
                End(failed.Action, entry);
                break;
            case TimerFired fired:
                End(fired.Action, entry);
                break;
            default:
                throw new InvalidOperationException($"Unknown entry {entry}.");
        }
    }

    private int Record(string kind, string name, string content, Action<HistoryEntry> end)
    {
        var id = Actions.Count;
        Actions.Add(new OrchestrationAction(id, kind, name, content));
        _pending.Add(id, end);
        return id;
    }

    private void End(int action, HistoryEntry entry)
    {
        Assert.True(_pending.Remove(action, out var end), $"{entry} ends an action that the replay never began.");
        end(entry);
    }
}
