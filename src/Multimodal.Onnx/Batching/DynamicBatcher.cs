using System.Diagnostics;
using Multimodal.Onnx.Scheduling;
using Multimodal.Onnx.Tracing;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Batching;

/// <summary>
/// Lets concurrent requests share the runs of a network. It has no threads of its own: a run that ends takes what has gathered meanwhile.
/// An item that cannot be processed fails alone; where memory runs out the batches become smaller. Safe for concurrent use.
/// </summary>
internal sealed class DynamicBatcher<TItem, TResult> : IThreadPoolWorkItem, IAsyncDisposable
{
    /// <summary>So many runs in a row that fail for want of memory, one item each, make the network unhealthy.</summary>
    public const int ExhaustionLimit = 3;

    // So many good runs in a row let batches that were made smaller grow again.
    private const int GoodRunsToGrow = 64;

    private readonly IBatchModel<TItem, TResult> _model;
    private readonly BatchingOptions _options;
    private readonly Lock _gate = new();
    private readonly GateEntry? _gateway;
    private readonly WaitingWork _work = new();

    // When the runs that are at work are likely to end, in ticks of the stopwatch.
    private readonly List<long> _ends = [];
    private readonly WaitingLine<TItem, TResult> _line;
    private readonly BatchPicker<TItem, TResult> _picker;
    private readonly Timer _ripening;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _room;
    private int _running;
    private int _maximumBatch;
    private int _goodRuns;
    private int _exhaustions;
    private bool _disposed;

    /// <param name="model">The network.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="gateway">Where its runs wait for their turn among those of other networks; null: nowhere.</param>
    public DynamicBatcher(IBatchModel<TItem, TResult> model, BatchingOptions options, GateEntry? gateway = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumBatch, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ConcurrentRuns, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLimit, 1, nameof(options));
        _model = model;
        _options = options;
        _gateway = gateway;
        _line = new WaitingLine<TItem, TResult>(options.BulkPatience);
        _picker = new BatchPicker<TItem, TResult>(options.MaximumPaddingShare, options.PowersOfTwo);
        _maximumBatch = options.MaximumBatch;
        _ripening = new Timer(static state => ((DynamicBatcher<TItem, TResult>)state!).StartRun(), this, Timeout.Infinite, Timeout.Infinite);
        PoolThreads.Add(options.ConcurrentRuns);
    }

    /// <summary>False once memory has run out again and again even for single items, until a run succeeds.</summary>
    public bool IsHealthy => Volatile.Read(ref _exhaustions) < ExhaustionLimit;

    /// <summary>The most items of one run at present.</summary>
    public int MaximumBatch => Volatile.Read(ref _maximumBatch);

    /// <summary>How many items wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>How long an item that comes now is likely to wait for its run.</summary>
    public TimeSpan EstimateWait(RequestPriority priority)
    {
        lock (_gate)
        {
            return TimeSpan.FromSeconds(_work.Estimate(State(), priority));
        }
    }

    /// <summary>What waits, in seconds of runs.</summary>
    public TimeSpan WaitingTime
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromSeconds(_work.SecondsOf(_maximumBatch));
            }
        }
    }

    /// <summary>Tells what a run costs, before the first.</summary>
    /// <param name="size">The items' size.</param>
    /// <param name="batch">How many there are.</param>
    /// <param name="run">How long it takes.</param>
    public void Expect(int size, int batch, TimeSpan run)
    {
        lock (_gate)
        {
            _work.Costs.Note(RunCosts.ClassOf(size), batch, run.TotalSeconds);
        }
    }

    /// <summary>Waits for an item's result; where as many wait as may, for a place in the line first.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; an item that no run has taken yet frees its place.</exception>
    public async Task<BatchedResult<TResult>> EnqueuePatientlyAsync(TItem item, RequestPriority priority, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                room = _line.Count < _options.QueueLimit || _disposed
                    ? Task.CompletedTask
                    : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room.WaitAsync(cancellationToken);
            try
            {
                return await EnqueueAsync(item, priority, cancellationToken);
            }
            catch (EncoderBusyException)
            {
                // Somebody else was quicker.
            }
        }
    }

    /// <summary>Waits for an item's result.</summary>
    /// <exception cref="EncoderBusyException">As many wait as may.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; an item that no run has taken yet frees its place.</exception>
    public Task<BatchedResult<TResult>> EnqueueAsync(TItem item, RequestPriority priority, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<BatchedResult<TResult>>(cancellationToken);
        }

        var sizeClass = RunCosts.ClassOf(_model.SizeOf(item));
        var pending = new PendingItem<TItem, TResult>(item, _model.LengthOf(item), _model.KindOf(item), sizeClass, priority);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_line.Count >= _options.QueueLimit)
            {
                // A run that ends makes room.
                throw new EncoderBusyException(_model.Name, _options.QueueLimit, TimeSpan.FromSeconds(_work.SecondsOf(_maximumBatch) / _line.Count * _maximumBatch));
            }

            pending.Foreseen = TimeSpan.FromSeconds(_work.Estimate(State(), priority));
            _line.Add(pending);
            _work.Add(sizeClass, priority);
        }

        pending.Watch(Cancel, cancellationToken);
        StartRun();
        return pending.Task;
    }

    /// <summary>Runs batches until nothing waits that is ripe, or others have their turn.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            if (TakeBatch() is not var (batch, end))
            {
                _gateway?.Leave(TimeSpan.Zero);
                return;
            }

            var begun = Stopwatch.GetTimestamp();
            Run(batch);
            lock (_gate)
            {
                _ends.Remove(end);
            }

            _gateway?.Leave(Stopwatch.GetElapsedTime(begun));
        }
        while (_gateway is null || (GoesOn() && _gateway.Enter(this)));
    }

    /// <summary>Fails what waits, and ends when what runs has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        PendingItem<TItem, TResult>[] left;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            left = [.. _line.InOrder()];
            Array.ForEach(left, Leave);
            if (_running == 0)
            {
                _drained.TrySetResult();
            }
        }

        Array.ForEach(left, pending => pending.Fail(new ObjectDisposedException(_model.Name)));
        await _ripening.DisposeAsync();
        await _drained.Task;
        PoolThreads.Remove(_options.ConcurrentRuns);
    }

    private void StartRun()
    {
        lock (_gate)
        {
            if (_running >= _options.ConcurrentRuns || !IsRipe())
            {
                return;
            }

            _running++;
        }

        if (_gateway is null || _gateway.Enter(this))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    // Called under the lock.
    private BatcherState State() => new(
        _running,
        _options.ConcurrentRuns,
        _maximumBatch,
        _ends.Count < _options.ConcurrentRuns ? 0 : Math.Max(0, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _ends.Min()).TotalSeconds),
        _gateway?.Delay ?? 0,
        _model.OpeningTime.TotalSeconds,
        _line.OldestBulkAt is { } oldest ? Stopwatch.GetElapsedTime(oldest).TotalSeconds : 0,
        _options.BulkPatience.TotalSeconds);

    // Called under the lock.
    private void Leave(PendingItem<TItem, TResult> pending)
    {
        if (pending.Leave())
        {
            _work.Remove(pending.SizeClass, pending.Priority);
            if (_room is { } room)
            {
                _room = null;
                room.TrySetResult();
            }
        }
    }

    // Called under the lock. What is not ripe gets a timer that looks again when it is.
    private bool IsRipe()
    {
        if (_line.OldestAt is not { } oldest)
        {
            return false;
        }

        if (_options.MaximumDelay <= TimeSpan.Zero || _line.Count >= _maximumBatch)
        {
            return true;
        }

        var left = _options.MaximumDelay - Stopwatch.GetElapsedTime(oldest);
        if (left <= TimeSpan.Zero)
        {
            return true;
        }

        if (!_disposed)
        {
            _ripening.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }

        return false;
    }

    private (PendingItem<TItem, TResult>[] Batch, long End)? TakeBatch()
    {
        lock (_gate)
        {
            if (IsRipe())
            {
                var batch = _picker.Pick(_line, _maximumBatch);
                Array.ForEach(batch, Leave);
                var seconds = batch.Length * _work.Costs.SecondsOf(LargestOf(batch), batch.Length);
                var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
                _ends.Add(end);
                return (batch, end);
            }

            EndRun();
            return null;
        }
    }

    // Whether there is anything to take a turn for.
    private bool GoesOn()
    {
        lock (_gate)
        {
            if (IsRipe())
            {
                return true;
            }

            EndRun();
            return false;
        }
    }

    // Called under the lock.
    private void EndRun()
    {
        _running--;
        if (_disposed && _running == 0)
        {
            _drained.TrySetResult();
        }
    }

    private void Run(ReadOnlyMemory<PendingItem<TItem, TResult>> batch, bool afterExhaustion = false)
    {
        var items = new TItem[batch.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = batch.Span[i].Item;
        }

        Activity? span = null;
        try
        {
            // Opening it is part of the wait.
            _model.Open();
            span = BatchTelemetry.StartRun(_model.Name, _model.Provider, batch);
            var begun = Stopwatch.GetTimestamp();
            var results = _model.Run(items);
            var ran = Stopwatch.GetElapsedTime(begun);
            span?.Dispose();
            NoteSuccess(batch.Span, ran);
            BatchTelemetry.NoteRun(_model.Name, _model.Provider, batch.Span, ran);
            for (var i = 0; i < items.Length; i++)
            {
                var waited = Stopwatch.GetElapsedTime(batch.Span[i].EnqueuedAt, begun);
                batch.Span[i].Succeed(new BatchedResult<TResult>(results[i], waited, ran, items.Length, batch.Span[i].Foreseen));
            }
        }
        catch (Exception failure)
        {
            // Ended before what follows from it: the runs of its halves are not part of it.
            span?.Fail(failure);
            span?.Dispose();
            Recover(batch, failure, afterExhaustion);
        }
    }

    private void Recover(ReadOnlyMemory<PendingItem<TItem, TResult>> batch, Exception failure, bool afterExhaustion)
    {
        var exhausted = _model.IsOutOfMemory(failure);
        BatchTelemetry.NoteFailure(_model.Name, exhausted);
        if (exhausted)
        {
            NoteExhaustion(batch.Length);
        }

        if (batch.Length > 1)
        {
            // One of them may be to blame: in halves the others go through.
            Run(batch[..(batch.Length / 2)], exhausted);
            Run(batch[(batch.Length / 2)..], exhausted);
        }
        else if (exhausted && !afterExhaustion)
        {
            Run(batch, afterExhaustion: true);
        }
        else
        {
            batch.Span[0].Fail(exhausted ? new EncoderExhaustedException(_model.Name, failure) : failure);
        }
    }

    private void NoteExhaustion(int batch)
    {
        lock (_gate)
        {
            _goodRuns = 0;
            _maximumBatch = Math.Max(1, Math.Min(_maximumBatch, batch / 2));
            _exhaustions = batch == 1 ? _exhaustions + 1 : _exhaustions;
        }

        try
        {
            _model.Recycle();
        }
        catch (Exception)
        {
            // Whatever kept a new session from opening will meet the next run, whose items then fail with it.
        }
    }

    private void NoteSuccess(ReadOnlySpan<PendingItem<TItem, TResult>> batch, TimeSpan ran)
    {
        lock (_gate)
        {
            _work.Costs.Note(LargestOf(batch), batch.Length, ran.TotalSeconds);
            _exhaustions = 0;
            if (_maximumBatch < _options.MaximumBatch && ++_goodRuns >= GoodRunsToGrow)
            {
                _goodRuns = 0;
                _maximumBatch = Math.Min(_maximumBatch * 2, _options.MaximumBatch);
            }
        }
    }

    private static int LargestOf(ReadOnlySpan<PendingItem<TItem, TResult>> batch)
    {
        var largest = 0;
        foreach (var pending in batch)
        {
            largest = Math.Max(largest, pending.SizeClass);
        }

        return largest;
    }

    private void Cancel(PendingItem<TItem, TResult> pending, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Leave(pending);
        }

        pending.TrySetCanceled(cancellationToken);
    }
}
