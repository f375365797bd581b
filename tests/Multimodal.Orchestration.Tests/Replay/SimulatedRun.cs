using Multimodal.Orchestration.Flow;

namespace Multimodal.Orchestration.Tests.Replay;

/// <summary>A run with a history of its own, from its start until it ends or goes on as a new one.</summary>
internal sealed class SimulatedRun(RunJobRequest request, DateTimeOffset start, int events)
{
    public RunJobRequest Request => request;

    public ReplayContext Context { get; } = new(request.JobId.Value, start, events);

    public List<HistoryEntry> History { get; } = [];

    /// <summary>How many actions stood after each history entry; the first number is that of the start.</summary>
    public List<int> ActionCounts { get; } = [];

    /// <summary>An engine that knows nothing but how this run began.</summary>
    public ReplayContext Replay() => new(request.JobId.Value, start, events);

    public void Apply(HistoryEntry entry)
    {
        History.Add(entry);
        Context.Apply(entry);
        ActionCounts.Add(Context.Actions.Count);
    }
}
