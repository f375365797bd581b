using Multimodal.Onnx.Sessions;

namespace Multimodal.Onnx.Tests.Sessions;

public sealed class ResourcePoolTests
{
    [Fact]
    public void Rent_Twice_OpensOnce()
    {
        var pool = new ResourcePool<Probe>(100);
        using var slot = pool.Declare(() => new Probe(), 60);

        using var one = slot.Rent();
        using var other = slot.Rent();

        Assert.Same(one.Resource, other.Resource);
        Assert.Equal((1, 60), (pool.Opened, pool.Bytes));
    }

    [Fact]
    public void Rent_BeyondTheBudget_ClosesTheLeastRecentlyUsed()
    {
        var pool = new ResourcePool<Probe>(100);
        using var first = pool.Declare(() => new Probe(), 40);
        using var second = pool.Declare(() => new Probe(), 40);
        using var third = pool.Declare(() => new Probe(), 40);
        var (a, b) = (Use(first), Use(second));
        Use(first);

        Use(third);

        Assert.Equal((false, true), (a.IsClosed, b.IsClosed));
        Assert.Equal((80, 1), (pool.Bytes, pool.Evicted));
        Assert.NotSame(b, Use(second));
    }

    [Fact]
    public void Rent_WhatIsInUse_IsNeverClosed()
    {
        var pool = new ResourcePool<Probe>(50);
        using var first = pool.Declare(() => new Probe(), 40);
        using var second = pool.Declare(() => new Probe(), 40);
        using (var lease = first.Rent())
        {
            Use(second);

            Assert.False(lease.Resource.IsClosed);
            Assert.Equal(80, pool.Bytes);
        }
    }

    [Fact]
    public void Retire_InUse_ClosesWithItsLastUserAndTheNextGetsANewOne()
    {
        var pool = new ResourcePool<Probe>(100);
        using var slot = pool.Declare(() => new Probe(), 40);
        var lease = slot.Rent();

        slot.Retire();
        var renewed = Use(slot);

        Assert.False(lease.Resource.IsClosed);
        Assert.NotSame(lease.Resource, renewed);
        lease.Dispose();
        Assert.True(lease.Resource.IsClosed);
        Assert.Equal(40, pool.Bytes);
    }

    [Fact]
    public void Rent_AFailedOpening_LeavesNothingAndIsTriedAgain()
    {
        var pool = new ResourcePool<Probe>(100);
        var fails = true;
        using var slot = pool.Declare(() => fails ? throw new InvalidDataException() : new Probe(), 40);

        Assert.Throws<InvalidDataException>(() => slot.Rent());
        Assert.Equal(0, pool.Bytes);
        fails = false;
        Assert.False(Use(slot).IsClosed);
    }

    [Fact]
    public void Dispose_ClosesAndRefusesFurtherUse()
    {
        var pool = new ResourcePool<Probe>(100);
        var slot = pool.Declare(() => new Probe(), 40);
        var probe = Use(slot);

        slot.Dispose();

        Assert.True(probe.IsClosed);
        Assert.Equal(0, pool.Bytes);
        Assert.Throws<ObjectDisposedException>(() => slot.Rent());
    }

    [Fact]
    public void Rent_ManyAtOnceUnderPressure_NobodyHoldsWhatIsClosed()
    {
        var pool = new ResourcePool<Probe>(100);
        var slots = Enumerable.Range(0, 5).Select(_ => pool.Declare(() => new Probe(), 40)).ToArray();

        Parallel.For(0, 8, worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 2000; i++)
            {
                var slot = slots[random.Next(slots.Length)];
                using (var lease = slot.Rent())
                {
                    Assert.False(lease.Resource.IsClosed);
                }

                if (i % 50 == 0)
                {
                    slot.Retire();
                }
            }
        });

        Array.ForEach(slots, slot => slot.Dispose());
        Assert.Equal(0, pool.Bytes);
        Assert.Equal(0, Probe.Open);
    }

    private static Probe Use(ResourcePool<Probe>.Slot slot)
    {
        using var lease = slot.Rent();
        return lease.Resource;
    }

    private sealed class Probe : IDisposable
    {
        private static int _open;
        private int _closed;

        public Probe() => Interlocked.Increment(ref _open);

        public static int Open => Volatile.Read(ref _open);

        public bool IsClosed => Volatile.Read(ref _closed) > 0;

        public void Dispose()
        {
            Assert.Equal(1, Interlocked.Increment(ref _closed));
            Interlocked.Decrement(ref _open);
        }
    }
}
