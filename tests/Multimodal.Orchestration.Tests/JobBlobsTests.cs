using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Orchestration.Tests;

public sealed class JobBlobsTests : BlobStoreConformance
{
    private static readonly JobId Job = JobId.Parse("a-job");

    private readonly FaultyBlobStore _inner = new(new InMemoryBlobStore());
    private readonly Tombstones _tombstones;

    public JobBlobsTests()
    {
        _tombstones = new Tombstones(_inner, TimeProvider.System);
        Store = new JobBlobs(_inner, _tombstones);
    }

    protected override IBlobStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Containers.Jobs, "a-job.json")]
    [InlineData(Containers.Jobs, "a-job/listings/x.json")]
    [InlineData(Containers.Uploads, "a-job/a.txt")]
    [InlineData(Containers.Quarantine, "a-job/a.txt.error.json")]
    public async Task Write_OfAnErasedJob_IsTakenBack(string container, string name)
    {
        await _tombstones.PlaceAsync(Job, TimeSpan.FromDays(10), Token);
        var path = new BlobPath(container, name);

        var e = await Assert.ThrowsAsync<JobErasedException>(async () => await Store.WriteAsync(path, "x"u8.ToArray(), cancellationToken: Token));

        Assert.Equal(Job, e.JobId);
        Assert.Null(await _inner.FindAsync(path, Token));
    }

    [Theory]
    [InlineData(Containers.Jobs, "a-job-2.json")]
    [InlineData(Containers.Uploads, "a-job.json/a.txt")]
    [InlineData(Containers.Uploads, "a-job.json")]
    public async Task Write_OfAnotherName_Stays(string container, string name)
    {
        await _tombstones.PlaceAsync(Job, TimeSpan.FromDays(10), Token);

        Assert.NotNull(await Store.WriteAsync(new BlobPath(container, name), "x"u8.ToArray(), cancellationToken: Token));
    }

    [Fact]
    public async Task Write_CutOffAfterItTookEffect_IsTakenBackAllTheSame()
    {
        await _tombstones.PlaceAsync(Job, TimeSpan.FromDays(10), Token);
        _inner.FailAfter = _inner.Operations + 1;

        await Assert.ThrowsAsync<IOException>(async () => await Store.WriteAsync(JobPaths.Record(Job), "x"u8.ToArray(), cancellationToken: Token));

        Assert.Null(await _inner.FindAsync(JobPaths.Record(Job), Token));
    }
}
