using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Administration;

public sealed class JobAdministrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rerun_ClosedJob_RunsTheNextRevisionOverAllUploads()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        await host.RunAsync(await host.RecordAsync());
        await host.ReceiveAsync("late.txt", "bbb");

        var record = await host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token);

        Assert.Equal((2, JobState.Open), (record.Revision, record.State));
        Assert.True(host.Engine.Started[^1].Complete);
        var result = await host.RunAsync(record);
        Assert.Equal(["a.txt", "late.txt"], result.Inputs.Select(input => input.Name));
    }

    [Fact]
    public async Task Rerun_NewPipelineVersion_TakesInAgainWhatIsStale()
    {
        using var first = new JobHost();
        await first.SubmitAsync(("a.txt", "a"), ("no\\good.txt", "b"));
        await first.RunAsync(await first.RecordAsync());
        first.Pipeline.Write("2.0.0");
        using var host = new JobHost(first);

        var record = await host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token);

        var result = await host.RunAsync(record);
        Assert.Equal(("2.0.0", 2), (result.Pipeline.Version, result.Revision));
        Assert.Empty(result.Awaited);
        Assert.Equal([InputState.Ready, InputState.Refused], result.Inputs.Select(input => input.State));
    }

    [Fact]
    public async Task Rerun_FailedInput_IsTriedAgain()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");
        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/a.txt", "out of luck", Token);
        await host.RunAsync(await host.RecordAsync());

        var record = await host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token);

        Assert.Equal(JobOutcomeStatus.Succeeded, (await host.RunAsync(record)).Status);
    }

    [Fact]
    public async Task Rerun_OpenJob_GoesOnWithItsRevision()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");

        Assert.Equal(1, (await host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token)).Revision);
    }

    [Fact]
    public async Task Rerun_NoSuchJob_Throws()
    {
        using var host = new JobHost();

        var e = await Assert.ThrowsAsync<JobNotFoundException>(() => host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token));

        Assert.Equal(JobHost.Job, e.JobId);
    }

    [Fact]
    public async Task Erase_Job_StopsItAndLeavesATombstoneAlone()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "a"), ("bad.bin", "\0\0"));
        await host.RunAsync(await host.RecordAsync());
        await host.UploadAsync("a-job-2/a.txt", "a");

        Assert.True(await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token));

        Assert.Equal(["stop"], host.Engine.Calls);
        Assert.Equal(["uploads/a-job-2/a.txt", Tombstone], await host.ListAsync());
        var content = (await host.Blobs.ReadAsync(JobPaths.Tombstone(JobHost.Job), Token))!.Content;
        Assert.DoesNotContain("a-job", System.Text.Encoding.UTF8.GetString(content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_NoSuchJob_LeavesNothing()
    {
        using var host = new JobHost();

        Assert.False(await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token));

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Erase_Again_SaysSoToo()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);

        Assert.True(await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token));
    }

    [Fact]
    public async Task Erased_Id_CannotBeUsedUntilTheTombstoneExpires()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);

        await Assert.ThrowsAsync<JobErasedException>(() => host.SubmitAsync(("a.txt", "a")));
        await Assert.ThrowsAsync<JobErasedException>(() => host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token));
        Assert.Equal([Tombstone], await host.ListAsync());

        host.Time.Advance(TimeSpan.FromDays(new RetentionOptions().TombstoneDays));
        Assert.Equal(1, (await host.SubmitAsync(("a.txt", "a"))).Revision);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("job.json")]
    [InlineData("sub/a.txt")]
    public async Task Erased_LateUpload_IsDeletedAndStartsNothing(string name)
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);
        host.Engine.Calls.Clear();
        await host.UploadAsync($"{JobHost.Job}/{name}", "{}");

        await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/{name}", Token);
        await host.Get<UploadEvents>().OnManifestAsync($"{JobHost.Job}/{name}", Token);

        Assert.Empty(host.Engine.Calls);
        Assert.Equal([Tombstone], await host.ListAsync());
    }

    /// <summary>The job is erased around each operation of the store in turn, while somebody works for it.</summary>
    [Theory]
    [InlineData("upload", true)]
    [InlineData("upload", false)]
    [InlineData("submit", true)]
    [InlineData("submit", false)]
    [InlineData("run", true)]
    [InlineData("run", false)]
    [InlineData("rerun", true)]
    [InlineData("rerun", false)]
    [InlineData("manifest", true)]
    [InlineData("manifest", false)]
    [InlineData("poison", true)]
    [InlineData("poison", false)]
    public async Task Erase_AtAnyOperationOfWorkInProgress_LeavesATombstoneAlone(string work, bool after)
    {
        var erased = 0;
        for (var number = 1; ; number++)
        {
            using var host = new JobHost();
            var workAsync = await PrepareAsync(host, work);
            var at = host.Store.Operations + number;
            var reached = false;
            Task EraseAsync(int operation)
            {
                if (operation != at)
                {
                    return Task.CompletedTask;
                }

                reached = true;
                return host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);
            }

            if (after)
            {
                host.Store.After = EraseAsync;
            }
            else
            {
                host.Store.Before = EraseAsync;
            }

            await Record.ExceptionAsync(workAsync);
            if (!reached)
            {
                break;
            }

            erased++;
            Assert.Equal([Tombstone], await host.ListAsync());
        }

        Assert.True(erased > 5, $"Only {erased} operations.");
    }

    /// <summary>The worker does not only see its job erased, it dies right after a write: the sweep finds what it left.</summary>
    [Fact]
    public async Task Erase_WorkerDiesAfterAWrite_TheSweepErasesTheRest()
    {
        var remnants = 0;
        for (var number = 1; ; number++)
        {
            using var host = new JobHost();
            var workAsync = await PrepareAsync(host, "run");
            var at = host.Store.Operations + number;
            var reached = false;
            host.Store.Before = async operation =>
            {
                if (operation == at)
                {
                    reached = true;
                    await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);
                    host.Store.DiesAfter = true;
                }
            };
            await Record.ExceptionAsync(workAsync);
            host.Store.DiesAfter = false;
            if (!reached)
            {
                break;
            }

            remnants += (await host.Get<RetentionSweep>().RunAsync(Token)).Remnants;
            Assert.Equal([Tombstone], await host.ListAsync());
        }

        Assert.True(remnants > 0);
    }

    private static string Tombstone => JobPaths.Tombstone(JobHost.Job).ToString();

    private static async Task<Func<Task>> PrepareAsync(JobHost host, string work)
    {
        await host.UploadAsync($"{JobHost.Job}/a.txt", "abcc");
        await host.UploadAsync($"{JobHost.Job}/bad.bin", "\0\0");
        var events = host.Get<UploadEvents>();
        switch (work)
        {
            case "upload":
                return () => events.OnUploadAsync($"{JobHost.Job}/bad.bin", Token);
            case "submit":
                return () => host.SubmitAsync(("a.txt", "abcc"), ("bad.bin", "\0\0"), ("no\\good", "a"));
            case "poison":
                return () => events.OnPoisonAsync($"{JobHost.Job}/a.txt", "out of luck", Token);
        }

        await events.OnUploadAsync($"{JobHost.Job}/a.txt", Token);
        await events.OnUploadAsync($"{JobHost.Job}/bad.bin", Token);
        var record = await host.RecordAsync();
        switch (work)
        {
            case "run":
                return () => host.RunAsync(record);
            case "rerun":
                await host.RunAsync(record);
                return () => host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token);
            default:
                host.Pipeline.Write("1.0.0", "other");
                await host.UploadAsync($"{JobHost.Job}/job.json", """{"pipeline":"other"}""");
                return () => events.OnManifestAsync($"{JobHost.Job}/job.json", Token);
        }
    }
}
