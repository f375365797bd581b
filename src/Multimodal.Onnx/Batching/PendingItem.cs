using System.Diagnostics;
using Multimodal.Onnx.Tracing;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Onnx.Batching;

/// <summary>One item that waits for a run, and the promise of its result.</summary>
internal sealed class PendingItem<TItem, TResult>(TItem item, int length, int kind, int sizeClass, RequestPriority priority)
    : TaskCompletionSource<BatchedResult<TResult>>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CancellationTokenRegistration _registration;

    public TItem Item => item;

    /// <summary>Its extent along the axis that is padded.</summary>
    public int Length => length;

    /// <summary>Only items of one kind share a run.</summary>
    public int Kind => kind;

    /// <summary>The class of its size, as <see cref="RunCosts"/> has them.</summary>
    public int SizeClass => sizeClass;

    public RequestPriority Priority => priority;

    /// <summary>How long it is expected to wait.</summary>
    public TimeSpan Foreseen { get; set; }

    /// <summary>When it began to wait, in ticks of <see cref="Stopwatch"/>.</summary>
    public long EnqueuedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The span in which its caller asked; null where nobody listens, or there is none.</summary>
    public Activity? Caller { get; } = EncoderSpans.Caller;

    /// <summary>Its place in the line; null when it has left it.</summary>
    public LinkedListNode<PendingItem<TItem, TResult>>? Place { get; set; }

    /// <summary>Leaves the line.</summary>
    /// <returns>Whether it had not left it already.</returns>
    public bool Leave()
    {
        if (Place is null)
        {
            return false;
        }

        Place.List!.Remove(Place);
        Place = null;
        return true;
    }

    /// <summary>Calls back when the caller gives up.</summary>
    public void Watch(Action<PendingItem<TItem, TResult>, CancellationToken> cancelled, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return;
        }

        var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (pending, callback) = ((PendingItem<TItem, TResult>, Action<PendingItem<TItem, TResult>, CancellationToken>))state!;
                callback(pending, token);
            },
            (this, cancelled));
        _registration = registration;
        if (Task.IsCompleted)
        {
            registration.Dispose();
        }
    }

    public void Succeed(BatchedResult<TResult> result)
    {
        _registration.Dispose();
        TrySetResult(result);
    }

    public void Fail(Exception failure)
    {
        _registration.Dispose();
        TrySetException(failure);
    }
}
