using Multimodal.Pipeline.Jobs;

namespace Multimodal.Onnx.Batching;

/// <summary>How much waits for a network, and how long what comes now is likely to wait. Not safe for concurrent use: its batcher locks.</summary>
internal sealed class WaitingWork
{
    private readonly int[] _interactive = new int[RunCosts.SizeClasses];
    private readonly int[] _bulk = new int[RunCosts.SizeClasses];

    /// <summary>What items cost.</summary>
    public RunCosts Costs { get; } = new();

    /// <summary>Counts an item that begins to wait.</summary>
    public void Add(int sizeClass, RequestPriority priority) => CountsOf(priority)[sizeClass]++;

    /// <summary>Counts an item that waits no more.</summary>
    public void Remove(int sizeClass, RequestPriority priority) => CountsOf(priority)[sizeClass]--;

    /// <summary>What waits, in seconds of runs.</summary>
    /// <param name="maximumBatch">The most items of a run.</param>
    public double SecondsOf(int maximumBatch)
    {
        var items = _interactive.Sum() + _bulk.Sum();
        return SecondsOf(_interactive, Math.Min(items, maximumBatch)) + SecondsOf(_bulk, Math.Min(items, maximumBatch));
    }

    /// <summary>
    /// How long an item that comes now is likely to wait. Full batches of those before it go first, as many at once as there are runs; it
    /// shares the batch of the rest.
    /// </summary>
    /// <param name="state">How things are.</param>
    /// <param name="priority">Interactive items do not wait for bulk, unless that has lost its patience by then.</param>
    /// <returns>Seconds; 0 where a run is free.</returns>
    public double Estimate(in BatcherState state, RequestPriority priority)
    {
        var ahead = _interactive.Sum();
        var bulk = _bulk.Sum();
        if (state.Running < state.Runs && ahead + bulk == 0)
        {
            return state.Opening + state.Delay;
        }

        // A run of the line's own length, where none has been seen yet.
        var batch = Math.Min(state.MaximumBatch, ahead + bulk + 1);
        var seconds = SecondsOf(_interactive, batch);
        var wait = state.Free + AllBut(ahead, seconds, state);
        if (bulk > 0 && (priority == RequestPriority.Bulk || state.OldestBulk + wait > state.BulkPatience))
        {
            wait = state.Free + AllBut(ahead + bulk, seconds + SecondsOf(_bulk, batch), state);
        }

        return wait + state.Opening + state.Delay;
    }

    // What goes before: the full batches, each with its wait for its turn.
    private static double AllBut(int items, double seconds, in BatcherState state)
    {
        var full = items / state.MaximumBatch;
        return full == 0 ? 0 : ((seconds * full * state.MaximumBatch / items) + (full * state.Delay)) / state.Runs;
    }

    private double SecondsOf(int[] counts, int batch)
    {
        var sum = 0.0;
        for (var sizeClass = 0; sizeClass < counts.Length; sizeClass++)
        {
            if (counts[sizeClass] > 0)
            {
                sum += counts[sizeClass] * Costs.SecondsOf(sizeClass, batch);
            }
        }

        return sum;
    }

    private int[] CountsOf(RequestPriority priority) => priority == RequestPriority.Bulk ? _bulk : _interactive;
}
