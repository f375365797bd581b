using System.Diagnostics;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Onnx.Batching;

/// <summary>The items that wait, in the order in which they go. Not safe for concurrent use: its batcher locks.</summary>
internal sealed class WaitingLine<TItem, TResult>(TimeSpan bulkPatience)
{
    private readonly LinkedList<PendingItem<TItem, TResult>> _interactive = [];
    private readonly LinkedList<PendingItem<TItem, TResult>> _bulk = [];

    public int Count => _interactive.Count + _bulk.Count;

    /// <summary>When the one that has waited longest began to; null where none waits.</summary>
    public long? OldestAt => (_interactive.First?.Value.EnqueuedAt, _bulk.First?.Value.EnqueuedAt) switch
    {
        ({ } one, { } other) => Math.Min(one, other),
        (var one, var other) => one ?? other,
    };

    /// <summary>When the oldest bulk item began to wait; null where none waits.</summary>
    public long? OldestBulkAt => _bulk.First?.Value.EnqueuedAt;

    public void Add(PendingItem<TItem, TResult> pending) =>
        pending.Place = (pending.Priority == RequestPriority.Interactive ? _interactive : _bulk).AddLast(pending);

    /// <summary>The items in the order in which they go: bulk that has lost its patience, then interactive, then bulk.</summary>
    public IEnumerable<PendingItem<TItem, TResult>> InOrder()
    {
        var patient = _bulk.First;
        for (; patient is not null && Stopwatch.GetElapsedTime(patient.Value.EnqueuedAt) > bulkPatience; patient = patient.Next)
        {
            yield return patient.Value;
        }

        for (var next = _interactive.First; next is not null; next = next.Next)
        {
            yield return next.Value;
        }

        for (; patient is not null; patient = patient.Next)
        {
            yield return patient.Value;
        }
    }
}
