namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Keeps what is costly to open within a budget: opened at first use, shared by all who use it at once, and closed when room is needed
/// and nobody uses it, the least recently used first. What is in use is never closed, so the budget can be exceeded. Safe for concurrent use.
/// </summary>
/// <param name="budget">In bytes.</param>
internal sealed class ResourcePool<T>(long budget)
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Slot> _open = [];
    private long _bytes;
    private long _opened;
    private long _evicted;

    /// <summary>What is open at present, in bytes as their owners declared them.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How often something was opened.</summary>
    public long Opened => Volatile.Read(ref _opened);

    /// <summary>How often something was closed to make room.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>Declares something that can be opened.</summary>
    /// <param name="open">Opens it; called again after it was closed.</param>
    /// <param name="bytes">What it is expected to take.</param>
    public Slot Declare(Func<T> open, long bytes) => new(this, open, bytes);

    private void MakeRoom(long bytes)
    {
        List<Instance> closing = [];
        lock (_gate)
        {
            for (var node = _open.First; node is not null && _bytes + bytes > budget;)
            {
                var (slot, next) = (node.Value, node.Next);
                if (slot.Current!.Users == 0)
                {
                    closing.Add(slot.Current);
                    Forget(slot);
                    _evicted++;
                }

                node = next;
            }
        }

        closing.ForEach(instance => instance.Resource.Dispose());
    }

    // Called under the lock.
    private void Forget(Slot slot)
    {
        slot.Current = null;
        _open.Remove(slot.Place!);
        slot.Place = null;
        _bytes -= slot.Bytes;
    }

    private void Return(Instance instance)
    {
        bool close;
        lock (_gate)
        {
            close = --instance.Users == 0 && instance.IsRetired;
        }

        if (close)
        {
            instance.Resource.Dispose();
        }
    }

    /// <summary>Something that is open, closed and opened again as need be.</summary>
    internal sealed class Slot(ResourcePool<T> pool, Func<T> open, long bytes) : IDisposable
    {
        // One opens, the others wait for it; the pool's own lock is not held meanwhile.
        private readonly Lock _opening = new();
        private bool _disposed;

        public long Bytes => bytes;

        public Instance? Current { get; set; }

        public LinkedListNode<Slot>? Place { get; set; }

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

                pool.MakeRoom(bytes);
                var instance = new Instance(open()) { Users = 1 };
                lock (pool._gate)
                {
                    // Disposed of meanwhile: this user is the last.
                    instance.IsRetired = _disposed;
                    if (!_disposed)
                    {
                        Current = instance;
                        Place = pool._open.AddLast(this);
                        pool._bytes += bytes;
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
