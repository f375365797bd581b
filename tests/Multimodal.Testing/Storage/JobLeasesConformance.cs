using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>What every <see cref="IJobLeases"/> does alike: a subclass for each adapter.</summary>
public abstract class JobLeasesConformance
{
    protected static readonly JobId Job = JobId.Parse("a-job");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAcquire_HeldByAnother_GivesNullUntilGivenBack()
    {
        var (one, other) = (CreateLeases(), CreateLeases());

        var lease = await one.TryAcquireAsync(Job, Token);
        Assert.NotNull(lease);
        Assert.Null(await other.TryAcquireAsync(Job, Token));

        await lease.DisposeAsync();
        await using var taken = await other.TryAcquireAsync(Job, Token);
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task TryAcquire_HeldByItself_GivesNull()
    {
        var leases = CreateLeases();

        await using var lease = await leases.TryAcquireAsync(Job, Token);

        Assert.NotNull(lease);
        Assert.Null(await leases.TryAcquireAsync(Job, Token));
    }

    [Fact]
    public async Task TryAcquire_OtherJob_IsIndependent()
    {
        var leases = CreateLeases();

        await using var lease = await leases.TryAcquireAsync(Job, Token);
        await using var other = await leases.TryAcquireAsync(JobId.Parse("a-job.2"), Token);

        Assert.NotNull(lease);
        Assert.NotNull(other);
    }

    [Fact]
    public async Task TryAcquire_ManyAtOnce_OneWins()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(async () => await CreateLeases().TryAcquireAsync(Job, Token))));

        await using var lease = Assert.Single(taken, lease => lease is not null);
    }

    [Fact]
    public async Task TryAcquire_OneAfterTheOther_NeverTwoAtOnce()
    {
        var (holders, most, turns) = (0, 0, 0);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(TakeTurnsAsync)));

        Assert.Equal((1, 12), (most, turns));

        async Task TakeTurnsAsync()
        {
            var leases = CreateLeases();
            for (var turn = 0; turn < 3;)
            {
                if (await leases.TryAcquireAsync(Job, limit.Token) is { } lease)
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref holders));
                    await Task.Delay(2, limit.Token);
                    Interlocked.Increment(ref turns);
                    Interlocked.Decrement(ref holders);
                    await lease.DisposeAsync();
                    turn++;
                }

                await Task.Delay(2, limit.Token);
            }
        }
    }

    [Fact]
    public async Task Dispose_Twice_LeavesTheNextHolderItsLease()
    {
        var lease = await CreateLeases().TryAcquireAsync(Job, Token);
        await lease!.DisposeAsync();
        await using var next = await CreateLeases().TryAcquireAsync(Job, Token);

        await lease.DisposeAsync();

        Assert.Null(await CreateLeases().TryAcquireAsync(Job, Token));
    }

    /// <summary>The leases as another process would see them: what they share is the storage alone.</summary>
    protected abstract IJobLeases CreateLeases();

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
