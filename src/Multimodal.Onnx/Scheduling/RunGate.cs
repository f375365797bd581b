using System.Diagnostics;

namespace Multimodal.Onnx.Scheduling;

/// <summary>
/// Shares the threads of the process among the runs of all networks. While threads are free whoever asks may run; where they are not, the
/// pipeline that has had the least for its weight goes first, as in start-time fair queueing (Goyal, Vin and Cheng, 1996), with the threads'
/// time of a run as its length. Runs cannot be interrupted, so that what is lent would be missed until a long run ends: a pipeline that has
/// had less than the others may therefore begin beside theirs, up to its part of the threads and to twice the threads in all, and the
/// operating system divides the cores for as long as that run lasts. Safe for concurrent use.
/// </summary>
/// <param name="threads">The threads, 1 or more.</param>
/// <param name="budgets">What is set for pipelines, by name; others have <see cref="PipelineBudget.Default"/>.</param>
/// <param name="begin">Begins a run that has waited, without running it itself; null: the thread pool.</param>
internal sealed class RunGate(int threads, IReadOnlyDictionary<string, PipelineBudget> budgets, Action<IThreadPoolWorkItem>? begin = null)
{
    private readonly Action<IThreadPoolWorkItem> _begin = begin ?? (static runner => ThreadPool.UnsafeQueueUserWorkItem(runner, preferLocal: false));
    private readonly Lock _lock = new();
    private readonly List<GateShare> _shares = [];
    private int _inUse;
    private int _waiting;

    // The service of the pipeline whose run began last.
    private double _service;

    /// <summary>The threads that are shared.</summary>
    public int Threads => threads;

    /// <summary>The threads that runs take, by pipeline.</summary>
    public IReadOnlyList<(string Pipeline, int Threads)> InUse
    {
        get
        {
            lock (_lock)
            {
                return [.. _shares.Select(share => (share.Pipeline, share.InUse))];
            }
        }
    }

    /// <summary>Opens a door for a network.</summary>
    /// <param name="pipeline">The pipeline that it belongs to.</param>
    /// <param name="threadsOfRun">Threads of one run.</param>
    public GateEntry Open(string pipeline, int threadsOfRun)
    {
        lock (_lock)
        {
            var share = _shares.Find(share => string.Equals(share.Pipeline, pipeline, StringComparison.OrdinalIgnoreCase));
            if (share is null)
            {
                var budget = budgets.GetValueOrDefault(pipeline, PipelineBudget.Default);
                _shares.Add(share = new GateShare(pipeline, budget.Share, budget.Threads));
            }

            return new GateEntry(this, share, threadsOfRun);
        }
    }

    /// <summary>Whether a run could begin at once.</summary>
    public bool HasRoom(GateEntry entry)
    {
        lock (_lock)
        {
            return entry.Share.Waiting.Count == 0 && May(entry);
        }
    }

    /// <summary>As <see cref="GateEntry.Enter"/>.</summary>
    public bool Enter(GateEntry entry, IThreadPoolWorkItem runner)
    {
        lock (_lock)
        {
            var share = entry.Share;
            if (!share.IsActive)
            {
                share.Service = Math.Max(share.Service, _service);
            }

            // Nobody who waits may begin now, or he would have: it is the first of its pipeline's that is to be looked at.
            if (share.Waiting.Count == 0 && May(entry))
            {
                Grant(entry);
                entry.NoteDelay(0);
                return true;
            }

            share.Waiting.Enqueue(new GateWaiter(entry, runner, Stopwatch.GetTimestamp()));
            _waiting++;
            return false;
        }
    }

    /// <summary>As <see cref="GateEntry.Leave"/>.</summary>
    public void Leave(GateEntry entry, double seconds)
    {
        lock (_lock)
        {
            var share = entry.Share;
            share.InUse -= entry.Threads;
            _inUse -= entry.Threads;

            // What was expected was charged when it began.
            share.Service += (seconds - entry.Charged()) * entry.Threads / share.Weight;
            if (seconds > 0)
            {
                entry.NoteRun(seconds);
            }

            while (_waiting > 0 && FindNext() is { } next)
            {
                var waiter = next.Waiting.Dequeue();
                _waiting--;
                Grant(waiter.Entry);
                waiter.Entry.NoteDelay(Stopwatch.GetElapsedTime(waiter.AskedAt).TotalSeconds);
                _begin(waiter.Runner);
            }
        }
    }

    private GateShare? FindNext()
    {
        GateShare? best = null;
        foreach (var share in _shares)
        {
            if (share.Waiting.TryPeek(out var first) && (best is null || share.Service < best.Service) && May(first.Entry))
            {
                best = share;
            }
        }

        return best;
    }

    // At least one run of a pipeline may always take what it needs, lest it never run.
    private bool May(GateEntry entry)
    {
        var share = entry.Share;
        if (share.InUse > 0 && share.InUse + entry.Threads > share.Bound)
        {
            return false;
        }

        return _inUse == 0
            || _inUse + entry.Threads <= threads
            || (_inUse + entry.Threads <= 2 * threads && (share.InUse == 0 || share.InUse + entry.Threads <= PartOf(share)) && IsOwed(share));
    }

    private bool IsOwed(GateShare asking)
    {
        foreach (var share in _shares)
        {
            if (share != asking && share.InUse > 0 && share.Service < asking.Service)
            {
                return false;
            }
        }

        return true;
    }

    private int PartOf(GateShare asking)
    {
        var weights = asking.Weight;
        foreach (var share in _shares)
        {
            weights += share != asking && share.IsActive ? share.Weight : 0;
        }

        return Math.Max(1, (int)(threads * asking.Weight / weights));
    }

    private void Grant(GateEntry entry)
    {
        var share = entry.Share;
        share.InUse += entry.Threads;
        _inUse += entry.Threads;
        _service = Math.Max(_service, share.Service);
        share.Service += entry.Charge() * entry.Threads / share.Weight;
    }
}
