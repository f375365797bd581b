using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Pipeline.Tests.Storage;

public sealed class JobRecordsTests
{
    private static readonly JobRecord Record = new()
    {
        JobId = JobId.Parse("a-job"),
        Revision = 1,
        State = JobState.Open,
        Pipeline = "letters",
        PipelineDigest = "0123",
        Options = new JobOptions { Inputs = ["a"], Weights = new Dictionary<Modality, double> { [Modality.Audio] = 2 } },
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_Twice_GivesTheFirst()
    {
        var records = new JobRecords(new InMemoryBlobStore());

        await records.CreateAsync(Record, Token);
        var second = await records.CreateAsync(Record with { Pipeline = "other" }, Token);

        Assert.Equal("letters", second.Pipeline);
        Assert.Equal(2, second.Options.Weights![Modality.Audio]);
    }

    [Fact]
    public async Task UpdateAsync_ManyAtOnce_LosesNone()
    {
        var records = new JobRecords(new InMemoryBlobStore());
        await records.CreateAsync(Record, Token);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () => await records.UpdateAsync(Record.JobId, current => current with { Revision = current.Revision + 1 }, Token), Token)));

        Assert.Equal(21, (await records.GetAsync(Record.JobId, Token)).Revision);
    }

    [Fact]
    public async Task UpdateAsync_NoSuchJob_Throws() =>
        await Assert.ThrowsAsync<JobNotFoundException>(
            async () => await new JobRecords(new InMemoryBlobStore()).UpdateAsync(Record.JobId, current => current, Token));

    [Fact]
    public async Task FindAsync_DamagedRecord_Throws()
    {
        var store = new InMemoryBlobStore();
        await store.WriteAsync(JobPaths.Record(Record.JobId), "{ \"jobId\": "u8.ToArray(), cancellationToken: Token);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await new JobRecords(store).FindAsync(Record.JobId, Token));
    }
}
