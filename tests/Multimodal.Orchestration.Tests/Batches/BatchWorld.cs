using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Orchestration.Tests.Batches;

/// <summary>What a batch's activities would find.</summary>
internal sealed class BatchWorld
{
    private readonly List<double> _open = [];
    private int _calls;

    /// <summary>Jobs that there are to be made.</summary>
    public required int Jobs { get; init; }

    public int MaximumOpen { get; init; } = 100;

    public int Page { get; init; } = 10;

    public double? Rate { get; init; }

    /// <summary>How long a job takes, in seconds.</summary>
    public double JobTakes { get; init; } = 3;

    /// <summary>Which calls of activities fail, counted from 0.</summary>
    public Func<int, bool> Failing { get; init; } = _ => false;

    /// <summary>When it is paused and resumed, and when stopped, in seconds.</summary>
    public IReadOnlyList<(double At, BatchState State)> Changes { get; init; } = [];

    public int Started { get; private set; }

    public int MostOpen { get; private set; }

    public bool Fails() => Failing(_calls++);

    /// <summary>When the state changes next within a time; null where it does not.</summary>
    public double? NextChange(double from, double until) =>
        Changes.Where(change => change.At > from && change.At < until).Select(change => (double?)change.At).FirstOrDefault();

    public BatchLook Look(double now)
    {
        var closed = _open.RemoveAll(ends => ends <= now);
        var state = StateAt(now) is BatchState.Running && Started == Jobs && _open.Count == 0 ? BatchState.Completed : StateAt(now);
        var room = MaximumOpen - _open.Count;
        return new BatchLook(state, state == BatchState.Running && Started < Jobs && room > 0 ? Math.Min(Page, room) : 0, closed, Rate);
    }

    public PageReport TakeIn(double now, PageRequest request)
    {
        if (StateAt(now) != BatchState.Running)
        {
            return new PageReport(0, 0, 0, true);
        }

        var started = Math.Min(request.Jobs, Jobs - Started);
        Started += started;
        _open.AddRange(Enumerable.Repeat(now + JobTakes, started));
        MostOpen = Math.Max(MostOpen, _open.Count);
        return new PageReport(started, 0, 0, Started == Jobs);
    }

    private BatchState StateAt(double now) => Changes.LastOrDefault(change => change.At <= now, (0, BatchState.Running)).State;
}
