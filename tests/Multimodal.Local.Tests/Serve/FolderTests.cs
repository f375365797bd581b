using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Files;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Serve;

/// <summary>Files dropped into the folder become jobs, as blobs do in the cloud.</summary>
public sealed class FolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drop_Files_BecomeOneJobWithItsResultAndOneMessage()
    {
        await using var host = await ServeTestHost.StartAsync();

        host.Drop("dropped/job.json", ServeTestHost.Quick);
        host.Drop("dropped/a.txt", "abb");
        host.Drop("dropped/b.txt", "b");

        var result = await host.ResultAsync("dropped");
        Assert.Equal(JobOutcomeStatus.Succeeded, result.Status);
        Assert.Equal(["a.txt", "b.txt"], result.Inputs.Select(input => input.Name));
        Assert.Equal(["dropped_1"], host.Messages());
    }

    [Fact]
    public async Task Drop_BeforeTheStart_IsTakenIn()
    {
        var root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "uploads", "early"));
        await File.WriteAllTextAsync(Path.Combine(root, "uploads", "early", "job.json"), """{ "inputs": ["a.txt"] }""", Token);
        await File.WriteAllTextAsync(Path.Combine(root, "uploads", "early", "a.txt"), "a", Token);

        await using (var host = await ServeTestHost.StartAsync(root))
        {
            Assert.Equal(JobOutcomeStatus.Succeeded, (await host.ResultAsync("early")).Status);
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Drop_JobJsonThatNamesInputs_WaitsForThemAll()
    {
        await using var host = await ServeTestHost.StartAsync();
        host.Drop("named/job.json", """{ "inputs": ["a.txt", "b.txt"], "quietSeconds": 0 }""");
        host.Drop("named/a.txt", "a");
        await ServeTestHost.UntilAsync(async () => await host.Get<InputStore>().FindReceiptAsync(JobId.Parse("named"), "a.txt", Token) is not null);
        Assert.Empty(host.Messages());

        host.Drop("named/b.txt", "b");

        Assert.Equal(2, (await host.ResultAsync("named")).Inputs.Count);
    }

    [Fact]
    public async Task Drop_FileThatGrows_IsTakenInOnceWhole()
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { SettleTime = TimeSpan.FromSeconds(1) });
        host.Drop("growing/job.json", """{ "inputs": ["slow.txt"] }""");
        var file = Path.Combine(host.Root, "uploads", "growing", "slow.txt");
        await using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            for (var i = 0; i < 12; i++)
            {
                stream.Write("ab"u8);
                await stream.FlushAsync(Token);
                Assert.Null(await host.Get<InputStore>().FindReceiptAsync(JobId.Parse("growing"), "slow.txt", Token));
                await Task.Delay(250, Token);
            }
        }

        var result = await host.ResultAsync("growing");
        Assert.Equal(24, result.Inputs.Single().Facts!.Bytes);
        Assert.Equal(1, result.Revision);
    }

    [Fact]
    public async Task Drop_RenamedIntoPlace_NeedsNoSettling()
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { SettleTime = TimeSpan.FromHours(1) });
        host.Drop("renamed/job.json", """{ "inputs": ["a.txt"] }""");
        var temporary = host.Drop("renamed/.a.txt.part", "a");

        // The system's watch over a new folder begins a moment after the folder.
        await Task.Delay(TimeSpan.FromSeconds(3), Token);
        File.Move(temporary, Path.Combine(host.Root, "uploads", "renamed", "a.txt"));
        await ServeTestHost.UntilAsync(async () => await host.Get<InputStore>().FindReceiptAsync(JobId.Parse("renamed"), "a.txt", Token) is not null);
    }

    [Fact]
    public async Task Drop_AfterTheJobIsClosed_IsLateAndRestartsNothing()
    {
        await using var host = await ServeTestHost.StartAsync();
        host.Drop("late/job.json", """{ "inputs": ["a.txt"] }""");
        host.Drop("late/a.txt", "a");
        await host.ResultAsync("late");

        host.Drop("late/b.txt", "b");

        await ServeTestHost.UntilAsync(async () => await host.Get<InputStore>().FindReceiptAsync(JobId.Parse("late"), "b.txt", Token) is not null);
        var job = await ServeTestHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/jobs/late"));
        Assert.Equal("closed", job.GetProperty("state").GetString());
        Assert.True(job.GetProperty("inputs").EnumerateArray().Single(input => input.GetProperty("name").GetString() == "b.txt").GetProperty("late").GetBoolean());
        Assert.Equal(["late_1"], host.Messages());
    }

    [Fact]
    public async Task Drop_ChangedJobJson_RunsTheNextRevision()
    {
        await using var host = await ServeTestHost.StartAsync();
        host.Drop("again/job.json", """{ "inputs": ["a.txt"] }""");
        host.Drop("again/a.txt", "a");
        await host.ResultAsync("again");

        host.Drop("again/job.json", """{ "inputs": ["a.txt"], "deadlineSeconds": 60 }""");

        Assert.Equal(2, (await host.ResultAsync("again", revision: 2)).Revision);
        Assert.Equal(["again_1", "again_2"], host.Messages());
    }

    [Fact]
    public async Task Drop_BadInput_LiesInQuarantineAndTheOthersGoOn()
    {
        await using var host = await ServeTestHost.StartAsync();
        host.Drop("mixed/job.json", ServeTestHost.Quick);
        host.Drop("mixed/a.txt", "a");
        host.Drop("mixed/empty.txt", "");

        Assert.Equal(JobOutcomeStatus.Partial, (await host.ResultAsync("mixed")).Status);
        Assert.True(File.Exists(Path.Combine(host.Root, "quarantine", "mixed", "empty.txt.error.json")));
    }

    [Fact]
    public async Task Drop_OldFile_IsKept()
    {
        await using var host = await ServeTestHost.StartAsync();
        host.Drop("old/job.json", """{ "inputs": ["a.txt"] }""");
        var file = host.Drop("old/.part", "a");
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.Move(file, Path.Combine(host.Root, "uploads", "old", "a.txt"));
        await host.ResultAsync("old");

        await host.Get<RetentionSweep>().RunAsync(Token);

        Assert.True(File.Exists(Path.Combine(host.Root, "uploads", "old", "a.txt")));
    }

    [Theory]
    [InlineData("stray.txt", "_names/stray.txt.error.json")]
    [InlineData("job/deep/a.txt", "job")]
    [InlineData(".hidden/a.txt", "_names")]
    public async Task Drop_NameThatBelongsToNoJob_IsRefusedWherePeopleSeeIt(string name, string quarantined)
    {
        await using var host = await ServeTestHost.StartAsync();

        host.Drop(name, "a");

        await ServeTestHost.UntilAsync(() => Task.FromResult(
            Path.Combine(host.Root, "quarantine", quarantined) is var path && (File.Exists(path) || Directory.Exists(path))));
    }

    [Theory]
    [InlineData("100%.txt")]
    [InlineData("a%20b.txt")]
    [InlineData("50%25.txt")]
    public async Task Drop_NameWithPercentSigns_IsTakenIn(string name)
    {
        await using var host = await ServeTestHost.StartAsync();
        host.Drop("percent/job.json", ServeTestHost.Quick);

        host.Drop($"percent/{name}", "a");

        var input = Assert.Single((await host.ResultAsync("percent")).Inputs);
        Assert.Null(input.Error);
    }

    [Fact]
    public async Task Drop_StorageFailsNowAndThen_IsTriedAgain()
    {
        var failures = 0;
        var root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        await using (var host = await ServeTestHost.StartAsync(root, configure: services => services.AddSingleton<IBlobStore>(
            new PickyBlobStore(new FileBlobStore(root), path => path.Container == Containers.Features && Interlocked.Increment(ref failures) <= 2))))
        {
            host.Drop("unlucky/job.json", """{ "inputs": ["a.txt"] }""");
            host.Drop("unlucky/a.txt", "a");

            Assert.Equal(JobOutcomeStatus.Succeeded, (await host.ResultAsync("unlucky")).Status);
        }

        Assert.True(failures > 2);
        Directory.Delete(root, recursive: true);
    }
}
