using System.Globalization;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;
using Multimodal.Testing.Storage.Faults;

namespace Multimodal.Pipeline.Tests.Storage;

public sealed class RetryingBlobStoreTests
{
    private static readonly BlobPath Path = new(Containers.Jobs, "a-job.json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_TenthOfTheCallsGoWrong_AnswersAsIfNoneDid()
    {
        var inner = new InMemoryBlobStore();
        var plan = new FaultPlan(seed: 5, share: 0.1);
        var store = new RetryingBlobStore(new UnreliableBlobStore(inner, plan));
        for (var i = 0; i < 60; i++)
        {
            var path = new BlobPath(Containers.Jobs, string.Create(CultureInfo.InvariantCulture, $"job-{i:d3}"));
            Assert.Null(await store.FindAsync(path, Token));
            Assert.Null(await store.WriteAsync(path, Bytes(i), WriteCondition.IfMatch("another"), Token));
            var first = await store.WriteAsync(path, Bytes(i), WriteCondition.IfAbsent, Token);
            Assert.NotNull(first);
            Assert.Null(await store.WriteAsync(path, Bytes(i + 1), WriteCondition.IfAbsent, Token));
            Assert.Equal(first, (await store.ReadAsync(path, Token))!.ETag);
            var second = await store.WriteAsync(path, Bytes(i + 2), WriteCondition.IfMatch(first), Token);
            Assert.NotNull(second);
            Assert.Equal((i + 2, second), (BitConverter.ToInt32((await store.ReadAsync(path, Token))!.Content.Span), (await store.FindAsync(path, Token))!.ETag));
            Assert.True(i % 2 == 0 || await store.DeleteAsync(path, Token));
        }

        var names = await store.ListAsync(Containers.Jobs, "", Token).Select(entry => entry.Path.Name).ToListAsync(Token);
        Assert.Equal(await inner.ListAsync(Containers.Jobs, "", Token).Select(entry => entry.Path.Name).ToListAsync(Token), names);
        Assert.Equal(30, names.Count);
        Assert.All(plan.Faults.Values, count => Assert.True(count > 0));
    }

    [Fact]
    public async Task List_FailsOnItsWay_GivesEachEntryOnce()
    {
        var inner = new InMemoryBlobStore();
        for (var i = 0; i < 200; i++)
        {
            await inner.WriteAsync(new BlobPath(Containers.Jobs, string.Create(CultureInfo.InvariantCulture, $"job-{i:d3}")), Bytes(i), cancellationToken: Token);
        }

        for (var seed = 0; seed < 20; seed++)
        {
            var store = new RetryingBlobStore(new UnreliableBlobStore(inner, new FaultPlan(seed, share: 0.05)));
            Assert.Equal(200, await store.ListAsync(Containers.Jobs, "", Token).Select(entry => entry.Path.Name).Distinct().CountAsync(Token));
            Assert.Equal(200, await store.ListAsync(Containers.Jobs, "", Token).CountAsync(Token));
        }
    }

    [Fact]
    public async Task Read_AlwaysFails_IsGivenUpAfterFiveAttempts()
    {
        var faulty = new FaultyBlobStore(new InMemoryBlobStore());
        faulty.Unreadable[Path] = 100;

        await Assert.ThrowsAsync<IOException>(async () => await new RetryingBlobStore(faulty).ReadAsync(Path, Token));

        Assert.Equal(95, faulty.Unreadable[Path]);
    }

    [Fact]
    public async Task Find_FaultThatIsNoDisturbance_IsNotTriedAgain()
    {
        var faulty = new FaultyBlobStore(new InMemoryBlobStore()) { Before = _ => throw new BlobKeyException("a-key", "is not at hand", "Put it back.") };

        await Assert.ThrowsAsync<BlobKeyException>(async () => await new RetryingBlobStore(faulty).FindAsync(Path, Token));

        Assert.Equal(1, faulty.Operations);
    }

    private static byte[] Bytes(int value) => BitConverter.GetBytes(value);
}
