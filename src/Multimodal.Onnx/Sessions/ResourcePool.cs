namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Keeps what is costly to open within budgets, one of all and one of each owner: opened at first use, shared by all who use it at once, and
/// closed when room is needed and nobody uses it, the least recently used first, or when nobody has used it for long. What is in use is never
/// closed, so a budget can be exceeded. Safe for concurrent use.
/// </summary>
/// <param name="budget">That of all, in bytes.</param>
/// <param name="idleTime">After so long without use it is closed; null: never.</param>
/// <param name="time">The clock.</param>
/// <param name="idleClosed">Called when something was closed for want of use.</param>
internal sealed class ResourcePool<T>(long budget, TimeSpan? idleTime = null, TimeProvider? time = null, Action? idleClosed = null)
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Slot> _open = [];
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private ITimer? _timer;
    private bool _isWatching;
    private long _bytes;
    private long _opened;
    private long _evicted;
    private long _idleClosed;

    /// <summary>What is open at present, in bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How often something was opened.</summary>
    public long Opened => Volatile.Read(ref _opened);

    /// <summary>How often something was closed to make room.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>How often something was closed because nobody used it.</summary>
    public long IdleClosed => Volatile.Read(ref _idleClosed);

    private TimeSpan? IdleTime => idleTime;

    /// <summary>Declares something that can be opened.</summary>
    /// <param name="open">Opens it; called again after it was closed.</param>
    /// <param name="bytes">What it is expected to take.</param>
    /// <param name="owner">Whose it is; null: nobody's, so that only the budget of all bounds it.</param>
    public Slot Declare(Func<T> open, long bytes, PoolShare? owner = null) => new(this, () => (open(), null), bytes, owner);

    /// <summary>Declares something that can be opened, and tells then what it takes.</summary>
    /// <param name="open">Opens it, and says how many bytes it takes, where that is known; called again after it was closed.</param>
    /// <param name="bytes">What it is expected to take.</param>
    /// <param name="owner">Whose it is; null: nobody's, so that only the budget of all bounds it.</param>
    public Slot Declare(Func<(T Resource, long? Bytes)> open, long bytes, PoolShare? owner = null) => new(this, open, bytes, owner);

    private void MakeRoom(long bytes, PoolShare? owner)
    {
        List<Instance> closing = [];
        lock (_gate)
        {
            if (owner is not null)
            {
                Evict(slot => slot.Owner == owner, () => owner.Bytes + bytes > owner.Budget, closing);
            }

            Evict(_ => true, () => _bytes + bytes > budget, closing);
        }

        closing.ForEach(instance => instance.Resource.Dispose());
    }

    // Called under the lock.
    private void Evict(Func<Slot, bool> isMeant, Func<bool> isFull, List<Instance> closing)
    {
        for (var node = _open.First; node is not null && isFull();)
        {
            var (slot, next) = (node.Value, node.Next);
            if (slot.Current!.Users == 0 && isMeant(slot))
            {
                closing.Add(slot.Current);
                Forget(slot);
                _evicted++;
            }

            node = next;
        }
    }

    // Called under the lock.
    private void Forget(Slot slot)
    {
        slot.Current = null;
        _open.Remove(slot.Place!);
        slot.Place = null;
        _bytes -= slot.Bytes;
        slot.Owner?.Add(-slot.Bytes);
    }

    private void Return(Instance instance)
    {
        bool close;
        lock (_gate)
        {
            instance.UsedAt = _time.GetTimestamp();
            close = --instance.Users == 0 && instance.IsRetired;
        }

        if (close)
        {
            instance.Resource.Dispose();
        }
    }

    // Called under the lock. One timer for all, which is set only while something is open, and holds nothing that nobody else does.
    private void Watch(TimeSpan due)
    {
        _isWatching = true;
        if (_timer is { } timer)
        {
            timer.Change(due, Timeout.InfiniteTimeSpan);
            return;
        }

        _timer = _time.CreateTimer(
            static weak =>
            {
                if (((WeakReference<ResourcePool<T>>)weak!).TryGetTarget(out var pool))
                {
                    pool.CloseIdle();
                }
            },
            new WeakReference<ResourcePool<T>>(this),
            due,
            Timeout.InfiniteTimeSpan);
    }

    private void CloseIdle()
    {
        List<Instance> closing = [];
        lock (_gate)
        {
            var next = TimeSpan.MaxValue;
            for (var node = _open.First; node is not null;)
            {
                var (slot, following) = (node.Value, node.Next);
                var left = slot.Current!.Users > 0 ? idleTime!.Value : idleTime!.Value - _time.GetElapsedTime(slot.Current.UsedAt);
                if (left <= TimeSpan.Zero)
                {
                    closing.Add(slot.Current);
                    Forget(slot);
                    _idleClosed++;
                }
                else if (left < next)
                {
                    next = left;
                }

                node = following;
            }

            _isWatching = false;
            if (_open.Count > 0)
            {
                Watch(next);
            }
        }

        closing.ForEach(instance => instance.Resource.Dispose());
        if (closing.Count > 0)
        {
            idleClosed?.Invoke();
        }
    }

    /// <summary>Something that is open, closed and opened again as need be.</summary>
    internal sealed class Slot(ResourcePool<T> pool, Func<(T Resource, long? Bytes)> open, long bytes, PoolShare? owner) : IDisposable
    {
        // One opens, the others wait for it; the pool's own lock is not held meanwhile.
        private readonly Lock _opening = new();
        private long _openingTicks;
        private bool _disposed;

        /// <summary>What it takes: what was measured at its last opening, else what was expected.</summary>
        public long Bytes { get; private set; } = bytes;

        public PoolShare? Owner => owner;

        public Instance? Current { get; set; }

        public LinkedListNode<Slot>? Place { get; set; }

        /// <summary>How long it will take to be opened, as last time; zero where it is open, or never was.</summary>
        public TimeSpan OpeningTime => Current is null ? TimeSpan.FromTicks(Volatile.Read(ref _openingTicks)) : TimeSpan.Zero;

        /// <summary>Uses it; it is opened where it is not. Dispose of the lease when done.</summary>
        public Lease Rent() => TryRent() ?? OpenAndRent();

        /// <summary>Closes it as soon as nobody uses it; whoever comes next gets a new one.</summary>
        public void Retire()
        {
            Instance? idle = null;
            lock (pool._gate)
            {
                if (Current is { } current)
                {
                    current.IsRetired = true;
                    idle = current.Users == 0 ? current : null;
                    pool.Forget(this);
                }
            }

            idle?.Resource.Dispose();
        }

        public void Dispose()
        {
            lock (pool._gate)
            {
                _disposed = true;
            }

            Retire();
        }

        private Lease? TryRent()
        {
            lock (pool._gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (Current is not { } current)
                {
                    return null;
                }

                current.Users++;
                pool._open.Remove(Place!);
                pool._open.AddLast(Place!);
                return new Lease(pool, current);
            }
        }

        private Lease OpenAndRent()
        {
            lock (_opening)
            {
                if (TryRent() is { } lease)
                {
                    return lease;
                }

                pool.MakeRoom(Bytes, owner);
                var begun = pool._time.GetTimestamp();
                var (resource, measured) = open();
                Volatile.Write(ref _openingTicks, pool._time.GetElapsedTime(begun).Ticks);
                var instance = new Instance(resource) { Users = 1 };
                lock (pool._gate)
                {
                    // Disposed of meanwhile: this user is the last.
                    instance.IsRetired = _disposed;
                    if (!_disposed)
                    {
                        Bytes = measured ?? Bytes;
                        Current = instance;
                        Place = pool._open.AddLast(this);
                        pool._bytes += Bytes;
                        owner?.Add(Bytes);
                        if (pool.IdleTime is { } idle && !pool._isWatching)
                        {
                            pool.Watch(idle);
                        }
                    }

                    pool._opened++;
                }

                return new Lease(pool, instance);
            }
        }
    }

    /// <summary>One opening of it.</summary>
    internal sealed class Instance(T resource)
    {
        public T Resource => resource;

        public int Users { get; set; }

        /// <summary>When it was last given back, in ticks of the pool's clock.</summary>
        public long UsedAt { get; set; }

        /// <summary>Whether it closes with its last user.</summary>
        public bool IsRetired { get; set; }
    }

    /// <summary>The right to use it; while there is one it stays open.</summary>
    internal readonly struct Lease(ResourcePool<T> pool, Instance instance) : IDisposable
    {
        public T Resource => instance.Resource;

        public void Dispose() => pool.Return(instance);
    }
}
