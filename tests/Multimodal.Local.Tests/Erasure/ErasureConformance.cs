using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Erasure;

/// <summary>What is left of a job that is deleted at each of its stages, on every kind of storage: a tombstone, and nothing else.</summary>
public abstract class ErasureConformance : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TextPipeline _pipeline = new();

    protected ErasureConformance() => _pipeline.Write("1.0.0", more: [new RetrievalDefinition { Name = "similar" }]);

    public static TheoryData<string, string, string> Stages { get; } = new()
    {
        { "record", "write", "jobs/a-job.json" },
        { "job.json", "write", "uploads/a-job/job.json" },
        { "upload", "write", "uploads/a-job/a.txt" },
        { "looking for a receipt", "read", "inputs/a-job/a.txt.json" },
        { "features", "write", "features/a-job/" },
        { "receipt", "write", "inputs/a-job/" },
        { "quarantine", "write", "quarantine/a-job/" },
        { "listing", "write", "jobs/a-job/listings/" },
        { "encoding", "read", "features/a-job/" },
        { "embedding", "write", "embeddings/a-job/" },
        { "fusing", "read", "embeddings/a-job/" },
        { "draft", "write", "jobs/a-job/drafts/" },
        { "publishing", "read", "jobs/a-job/drafts/" },
        { "embeddings of the result", "write", "results/a-job/embeddings" },
        { "where it is indexed", "write", "jobs/a-job/indexed/" },
        { "index", "write", "indexes/" },
        { "result", "write", "results/a-job/result.json" },
        { "after the message", "delete", "jobs/a-job/drafts/" },
        { "open mark", "delete", "open/a-job/" },
    };

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Everything that the storage holds, beside what it holds of no job.</summary>
    protected abstract Task<IReadOnlyList<string>> ListAsync();

    protected abstract void UseStorage(MultimodalBuilder builder);

    [Fact]
    public async Task Erase_JobThatIsDone_LeavesATombstoneAlone()
    {
        await using var host = new ErasureHost(_pipeline, UseStorage);
        await host.RunAsync();
        Assert.All(["uploads", "jobs", "inputs", "features", "embeddings", "results", "quarantine", "indexes"], container =>
            Assert.Contains(ListAsync().GetAwaiter().GetResult(), name => name.StartsWith($"{container}/", StringComparison.Ordinal)));

        Assert.True(await host.EraseAsync());

        await AssertErasedAsync();
    }

    /// <summary>The job is deleted while an operation of its run, or of its sending, stands still; which then takes effect.</summary>
    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Erase_ByAnotherProcessAtAnyStage_LeavesATombstoneAlone(string stage, string kind, string blob)
    {
        Assert.NotNull(stage);
        await EraseByAnotherAsync(host => host.RunAsync(), kind, blob);
    }

    /// <summary>The same where a file came as an upload of its own, which is read for it.</summary>
    [Fact]
    public Task Erase_WhileAnUploadIsRead_LeavesATombstoneAlone() =>
        EraseByAnotherAsync(host => host.UploadAsync(), "read", "uploads/a-job/a.txt");

    /// <summary>The same within one process, whose engine waits for the activity that is at work to end.</summary>
    [Theory]
    [InlineData("read", "features/a-job/")]
    [InlineData("write", "embeddings/a-job/")]
    [InlineData("write", "jobs/a-job/drafts/")]
    [InlineData("write", "indexes/")]
    [InlineData("write", "results/a-job/result.json")]
    public async Task Erase_ByItsOwnProcessWhileAnActivityRuns_LeavesATombstoneAlone(string kind, string blob)
    {
        await using var host = new ErasureHost(_pipeline, UseStorage);
        host.Store.Holds = (operation, path) => operation == kind && path.ToString().StartsWith(blob, StringComparison.Ordinal);
        var running = host.RunAsync();
        await host.Store.Reached.WaitAsync(Patience, Token);

        var erasing = host.EraseAsync();
        while (await host.Get<Tombstones>().FindAsync(ErasureHost.Job, Token) is null)
        {
            await Task.Delay(5, Token);
        }

        host.Store.Open();
        Assert.True(await erasing.WaitAsync(Patience, Token));
        await Record.ExceptionAsync(() => running.WaitAsync(Patience, Token));

        await AssertErasedAsync();
    }

    public virtual void Dispose()
    {
        _pipeline.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task EraseByAnotherAsync(Func<ErasureHost, Task> runAsync, string kind, string blob)
    {
        await using var host = new ErasureHost(_pipeline, UseStorage);
        await using var other = new ErasureHost(_pipeline, UseStorage);
        host.Store.Holds = (operation, path) => operation == kind && path.ToString().StartsWith(blob, StringComparison.Ordinal);
        var running = runAsync(host);
        await host.Store.Reached.WaitAsync(Patience, Token);

        Assert.True(await other.EraseAsync());
        host.Store.Open();
        await Record.ExceptionAsync(() => running.WaitAsync(Patience, Token));

        await AssertErasedAsync();
    }

    // An index that has held something keeps its form: no entry, no name of a job.
    private async Task AssertErasedAsync()
    {
        var left = await ListAsync();
        Assert.Equal([JobPaths.Tombstone(ErasureHost.Job).ToString()], left.Where(name => !name.StartsWith("indexes/", StringComparison.Ordinal)));
        Assert.DoesNotContain(left, name => name.Contains("a-job", StringComparison.Ordinal));
        foreach (var name in left)
        {
            var content = System.Text.Encoding.UTF8.GetString(await ReadAsync(name));
            Assert.DoesNotContain("a-job", content, StringComparison.Ordinal);
            Assert.DoesNotContain("a.txt", content, StringComparison.Ordinal);
        }
    }

    protected abstract Task<byte[]> ReadAsync(string name);
}
