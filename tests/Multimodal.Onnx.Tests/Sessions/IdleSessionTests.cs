using Microsoft.Extensions.Time.Testing;
using Multimodal.Onnx.Sessions;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>What is closed for want of use, by a clock that tests turn; and budgets of owners.</summary>
public sealed class IdleSessionTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(15), Moment = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private int _closings;

    [Fact]
    public void Clock_NobodyUsesIt_ClosesItAndTheNextOpensAnew()
    {
        var pool = Pool();
        using var slot = pool.Declare(() => new Probe(), 40);
        var first = Use(slot);

        _time.Advance(Idle - Moment);
        Assert.False(first.IsClosed);
        _time.Advance(Moment);

        Assert.True(first.IsClosed);
        Assert.Equal((0, 1, 1), (pool.Bytes, pool.IdleClosed, _closings));
        Assert.NotSame(first, Use(slot));
        Assert.Equal((40, 2), (pool.Bytes, pool.Opened));
        _time.Advance(Idle);
        Assert.Equal((0, 2), (pool.Bytes, pool.IdleClosed));
    }

    [Fact]
    public void Clock_UsedMeanwhile_CountsFromItsLastUse()
    {
        var pool = Pool();
        using var used = pool.Declare(() => new Probe(), 40);
        using var left = pool.Declare(() => new Probe(), 40);
        var (kept, closed) = (Use(used), Use(left));

        _time.Advance(Idle / 2);
        Use(used);
        _time.Advance(Idle / 2);

        Assert.Equal((false, true), (kept.IsClosed, closed.IsClosed));
        _time.Advance(Idle / 2);
        Assert.True(kept.IsClosed);
    }

    [Fact]
    public void Clock_InUse_StaysOpen()
    {
        var pool = Pool();
        using var slot = pool.Declare(() => new Probe(), 40);
        var lease = slot.Rent();

        _time.Advance(3 * Idle);
        Assert.False(lease.Resource.IsClosed);
        lease.Dispose();
        _time.Advance(Idle - Moment);
        Assert.False(lease.Resource.IsClosed);
        _time.Advance(Idle);

        Assert.True(lease.Resource.IsClosed);
    }

    [Fact]
    public void Clock_NoIdleTime_ClosesNothing()
    {
        var pool = new ResourcePool<Probe>(1000, null, _time);
        using var slot = pool.Declare(() => new Probe(), 40);
        var probe = Use(slot);

        _time.Advance(TimeSpan.FromDays(30));

        Assert.False(probe.IsClosed);
    }

    [Fact]
    public void OpeningTime_IsThatOfTheLastOpeningWhileItIsClosed()
    {
        var pool = Pool();
        using var slot = pool.Declare(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(3));
                return new Probe();
            },
            40);
        Assert.Equal(TimeSpan.Zero, slot.OpeningTime);
        Use(slot);
        Assert.Equal(TimeSpan.Zero, slot.OpeningTime);

        _time.Advance(2 * Idle);

        Assert.Equal(TimeSpan.FromSeconds(3), slot.OpeningTime);
    }

    [Fact]
    public void Rent_BeyondTheOwnersBudget_ClosesOnlyWhatIsTheOwners()
    {
        var pool = Pool();
        var (heavy, light) = (new PoolShare("heavy", 100), new PoolShare("light", 100));
        using var other = pool.Declare(() => new Probe(), 40, light);
        using var first = pool.Declare(() => new Probe(), 60, heavy);
        using var second = pool.Declare(() => new Probe(), 60, heavy);
        var (kept, closed) = (Use(other), Use(first));

        var opened = Use(second);

        Assert.Equal((false, true, false), (kept.IsClosed, closed.IsClosed, opened.IsClosed));
        Assert.Equal((60, 40, 100), (heavy.Bytes, light.Bytes, pool.Bytes));
    }

    [Fact]
    public void Rent_TakesOtherThanExpected_CountsWhatWasMeasured()
    {
        var pool = new ResourcePool<Probe>(100);
        var owner = new PoolShare("one", 1000);
        using var first = pool.Declare(() => (new Probe(), (long?)80), 10, owner);
        using var second = pool.Declare(() => (new Probe(), (long?)null), 10, owner);
        using var third = pool.Declare(() => new Probe(), 20);
        var probe = Use(first);
        Use(second);
        Assert.Equal((90, 90), (pool.Bytes, owner.Bytes));

        Use(third);

        Assert.True(probe.IsClosed);
        Assert.Equal((30, 10), (pool.Bytes, owner.Bytes));
    }

    private ResourcePool<Probe> Pool() => new(1000, Idle, _time, () => _closings++);

    private static Probe Use(ResourcePool<Probe>.Slot slot)
    {
        using var lease = slot.Rent();
        return lease.Resource;
    }

    private sealed class Probe : IDisposable
    {
        public bool IsClosed { get; private set; }

        public void Dispose()
        {
            Assert.False(IsClosed);
            IsClosed = true;
        }
    }
}
