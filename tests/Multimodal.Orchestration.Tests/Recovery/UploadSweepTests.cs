using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Recovery;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Recovery;

public sealed class UploadSweepTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_JobThatNoEventToldOf_IsStartedWithItsOptions()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/job.json", """{"inputs":["a.txt"],"quietSeconds":3}""");
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");

        Assert.Equal(0, await SweepAsync(host));
        host.Time.Advance(Patience);
        Assert.InRange(await SweepAsync(host), 1, 2);

        Assert.Equal(3, (await host.RecordAsync()).Options.QuietSeconds);
        Assert.Equal(InputState.Ready, (await host.ReceiptAsync("a.txt"))!.State);
        Assert.Contains(host.Engine.Started, request => request.Complete);
    }

    [Fact]
    public async Task Run_EverythingToldOf_TellsOfNothing()
    {
        using var host = new JobHost();
        await host.ReceiveManifestAsync("""{"quietSeconds":3}""");
        await host.ReceiveAsync("a.txt", "a");
        await host.ReceiveAsync("a.b.txt", "\0\0");
        host.Time.Advance(Patience);
        host.Engine.Calls.Clear();

        Assert.Equal(0, await SweepAsync(host));
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Run_FilesRefusedForTheirNamesOrAsManifest_AreRefusedOnce()
    {
        using var host = new JobHost();
        string[] blobs = ["nobody.txt", "bad id/a.txt", "a-job/b/c.txt", "a-job/job.json"];
        foreach (var blob in blobs)
        {
            await host.UploadAsync(blob, "{ not a manifest");
        }

        host.Time.Advance(Patience);
        Assert.Equal(4, await SweepAsync(host));
        Assert.Equal(0, await SweepAsync(host));

        Assert.Equal(4, (await host.ListAsync()).Count(name => name.StartsWith("quarantine/", StringComparison.Ordinal) && name.EndsWith(".error.json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_UploadReplacedSinceItsReceipt_IsToldOf()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.UploadAsync($"{JobHost.Job}/a.txt", "bb");
        host.Time.Advance(Patience);

        Assert.Equal(1, await SweepAsync(host));
        Assert.Equal(0, await SweepAsync(host));
    }

    [Fact]
    public async Task Run_UploadOfAnErasedJob_IsDeleted()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");
        host.Time.Advance(Patience);

        await SweepAsync(host);

        Assert.All(await host.ListAsync(), name => Assert.StartsWith("tombstones/", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OneFails_TellsOfTheOthersAndTriesItAgain()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");
        await host.UploadAsync($"{JobHost.Job}/b.txt", "b");
        host.Time.Advance(Patience);
        host.Store.Unreadable[JobPaths.Upload(JobHost.Job, "a.txt")] = int.MaxValue;

        Assert.Equal(1, await SweepAsync(host));
        host.Store.Unreadable.Clear();
        Assert.Equal(1, await SweepAsync(host));
        Assert.NotNull(await host.ReceiptAsync("a.txt"));
    }

    // Names that sort otherwise with the receipt's ending than without it, and jobs that sort otherwise with the slash.
    [Fact]
    public async Task Run_ManyJobs_TellsOfThoseThatWereMissedAndNoOthers()
    {
        using var host = new JobHost();
        string[] jobs = ["a", "a-b", "a.b", "a0", "b"];
        string[] names = ["x", "x.a", "x.z", "x-1", "é.txt"];
        var all = jobs.SelectMany(job => names.Select(name => $"{job}/{name}")).ToList();
        foreach (var blob in all)
        {
            await host.UploadAsync(blob, "a");
        }

        var missed = all.Where((_, i) => i % 3 == 0).ToHashSet();
        foreach (var blob in all.Except(missed))
        {
            await host.Get<UploadEvents>().OnUploadAsync(blob, Token);
        }

        host.Time.Advance(Patience);
        var found = await host.Get<MissedUploads>().FindAsync(host.Time.GetUtcNow(), Token).Select(entry => entry.Path.Name).ToListAsync(Token);

        Assert.Equal(missed.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static Task<int> SweepAsync(JobHost host) => host.Get<UploadSweep>().RunAsync(Patience, Token);
}
