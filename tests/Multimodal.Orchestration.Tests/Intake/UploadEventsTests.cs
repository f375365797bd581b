using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Intake;

public sealed class UploadEventsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnUpload_FirstOfAJob_TakesItInThenStartsThenWakes()
    {
        using var host = new JobHost();

        await host.ReceiveAsync("a.txt", "abb");

        Assert.Equal(InputState.Ready, (await host.ReceiptAsync("a.txt"))!.State);
        Assert.Equal(["start", "wake"], host.Engine.Calls);
        var request = Assert.Single(host.Engine.Started);
        Assert.Equal((1, false, false), (request.Revision, request.Complete, request.Named));
    }

    [Fact]
    public async Task OnUpload_SameEventTwice_ChangesNothingStored()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "abb");
        var stored = await DescribeAsync(host);

        await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/a.txt", Token);

        Assert.Equal(stored, await DescribeAsync(host));
    }

    [Fact]
    public async Task OnUpload_UploadDeletedSince_BringsNoJobToLife()
    {
        using var host = new JobHost();

        await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/a.txt", Token);

        Assert.Empty(await host.ListAsync());
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task OnUpload_Manifest_IsLeftToItsOwnEvent()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/job.json", "{}");

        await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/job.json", Token);

        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task OnUpload_ManifestUploadedButNotToldOf_StartsWithItsOptions()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/job.json", """{"inputs":["a.txt","b.txt"],"quietSeconds":3}""");

        await host.ReceiveAsync("a.txt", "a");
        await host.Get<UploadEvents>().OnManifestAsync($"{JobHost.Job}/job.json", Token);

        var record = await host.RecordAsync();
        Assert.Equal((1, 3), (record.Revision, record.Options.QuietSeconds));
        Assert.All(host.Engine.Started, request => Assert.True(request.Named));
        Assert.DoesNotContain("stop", host.Engine.Calls);
    }

    [Fact]
    public async Task OnUpload_NamedInputs_WakesOnlyWhenAllHaveReceipts()
    {
        using var host = new JobHost();
        await host.ReceiveManifestAsync("""{"inputs":["a.txt","b.txt"]}""");
        host.Engine.Calls.Clear();

        await host.ReceiveAsync("a.txt", "a");
        Assert.Equal(["start"], host.Engine.Calls);
        await host.ReceiveAsync("b.txt", "\0\0");

        Assert.Equal(["start", "start", "wake"], host.Engine.Calls);
        Assert.True(host.Engine.Started[^1].Complete);
    }

    [Fact]
    public async Task OnUpload_AnotherNamedInputReplacedMeanwhile_IsWaitedFor()
    {
        using var host = new JobHost();
        await host.ReceiveManifestAsync("""{"inputs":["a.txt","b.txt"]}""");
        await host.ReceiveAsync("a.txt", "a");
        await host.UploadAsync($"{JobHost.Job}/a.txt", "aa");

        await host.ReceiveAsync("b.txt", "b");
        Assert.False(host.Engine.Started[^1].Complete);
        await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/a.txt", Token);

        Assert.True(host.Engine.Started[^1].Complete);
    }

    [Fact]
    public async Task OnUpload_ClosedJob_IsLateAndRestartsNothing()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        await host.RunAsync(await host.RecordAsync());
        host.Engine.Calls.Clear();

        await host.ReceiveAsync("late.txt", "b");

        Assert.Empty(host.Engine.Calls);
        Assert.Equal(JobState.Closed, (await host.RecordAsync()).State);
        Assert.Equal(InputState.Ready, (await host.ReceiptAsync("late.txt"))!.State);
        var snapshot = await host.Get<Orchestration.Administration.JobReader>().ReadAsync(JobHost.Job, Token);
        Assert.Equal([("a.txt", false), ("late.txt", true)], snapshot.Inputs.Select(input => (input.Name, input.Late)));
    }

    [Theory]
    [InlineData("nobody.txt", "_names/nobody.txt")]
    [InlineData("-job/a.txt", "_names/-job_a.txt~")]
    [InlineData("a-job/sub/a.txt", "a-job/sub_a.txt~")]
    [InlineData("a-job/", "a-job/~")]
    [InlineData("a-job/a\\b", "a-job/a_b~")]
    public async Task OnUpload_NameOutsideTheRules_IsQuarantinedAndStartsNothing(string blobName, string quarantined)
    {
        using var host = new JobHost();
        await host.UploadAsync(blobName, "content");

        await host.Get<UploadEvents>().OnUploadAsync(blobName, Token);

        var stored = (await host.ListAsync()).Where(name => name.StartsWith("quarantine/", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, stored.Count);
        Assert.StartsWith($"quarantine/{quarantined}", stored[0], StringComparison.Ordinal);
        Assert.Equal($"{stored[0]}.error.json", stored[1]);
        var error = await host.Blobs.ReadJsonAsync(
            new BlobPath(Containers.Quarantine, stored[1]["quarantine/".Length..]), PipelineJson.Default.InputError, Token);
        Assert.Equal(InputErrorCodes.BadName, error!.Value.Value.Code);
        Assert.Empty(host.Engine.Calls);
        Assert.Null(await host.Get<JobRecords>().FindAsync(JobHost.Job, Token));
    }

    [Fact]
    public async Task OnManifest_First_StartsWithItsOptions()
    {
        using var host = new JobHost();

        await host.ReceiveManifestAsync("""{"inputs":["a.txt"],"deadlineSeconds":60}""");

        var request = Assert.Single(host.Engine.Started);
        Assert.True(request.Named);
        Assert.Equal(60, (request.Deadline - request.StartedAt).TotalSeconds);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("""{"quietSeconds":-1}""")]
    [InlineData("""{"pipeline":"unheard-of"}""")]
    public async Task OnManifest_Unusable_IsQuarantinedWithItsReasonAndStartsNothing(string json)
    {
        using var host = new JobHost();

        await host.ReceiveManifestAsync(json);

        Assert.Empty(host.Engine.Calls);
        Assert.Null(await host.Get<JobRecords>().FindAsync(JobHost.Job, Token));
        var error = await host.Blobs.ReadJsonAsync(
            JobPaths.QuarantineError(JobHost.Job, "job.json"), PipelineJson.Default.InputError, Token);
        Assert.Equal(InputErrorCodes.BadManifest, error!.Value.Value.Code);
        Assert.NotNull(await host.Blobs.FindAsync(JobPaths.Quarantined(JobHost.Job, "job.json"), Token));
    }

    [Fact]
    public async Task OnManifest_AfterInputsUnderAnotherPipeline_TakesThoseInAgain()
    {
        using var host = new JobHost();
        host.Pipeline.Write("1.0.0", "other");
        await host.ReceiveAsync("a.txt", "a");
        var before = await host.ReceiptAsync("a.txt");

        await host.ReceiveManifestAsync("""{"pipeline":"other"}""");

        var record = await host.RecordAsync();
        var receipt = await host.ReceiptAsync("a.txt");
        Assert.Equal((1, "other"), (record.Revision, record.Pipeline));
        Assert.NotEqual(before!.PipelineDigest, receipt!.PipelineDigest);
        Assert.Equal(record.PipelineDigest, receipt.PipelineDigest);
        Assert.Equal(["start", "wake", "stop", "start", "wake"], host.Engine.Calls);
        Assert.Equal("other", (await host.RunAsync(record)).Pipeline.Name);
    }

    [Fact]
    public async Task OnManifest_SameEventTwice_RunsNothingAnew()
    {
        using var host = new JobHost();
        await host.ReceiveManifestAsync("""{"inputs":["a.txt"]}""");
        await host.ReceiveAsync("a.txt", "a");
        await host.RunAsync(await host.RecordAsync());
        host.Engine.Calls.Clear();
        var stored = await DescribeAsync(host);

        await host.Get<UploadEvents>().OnManifestAsync($"{JobHost.Job}/job.json", Token);

        Assert.Empty(host.Engine.Calls);
        Assert.Equal(stored, await DescribeAsync(host));
    }

    [Fact]
    public async Task OnManifest_ChangedOnAClosedJob_RunsTheNextRevision()
    {
        using var host = new JobHost();
        await host.ReceiveManifestAsync("""{"inputs":["a.txt"]}""");
        await host.ReceiveAsync("a.txt", "a");
        await host.RunAsync(await host.RecordAsync());
        await host.ReceiveAsync("late.txt", "bbb");

        await host.ReceiveManifestAsync("""{"inputs":["a.txt","late.txt"]}""");

        var record = await host.RecordAsync();
        Assert.Equal((2, JobState.Open), (record.Revision, record.State));
        var request = host.Engine.Started[^1];
        Assert.Equal((2, true), (request.Revision, request.Complete));
        var result = await host.RunAsync(record);
        Assert.Equal((2, 2), (result.Revision, result.Inputs.Count));
    }

    [Fact]
    public async Task OnManifest_WhileTheResultIsPublished_BeginsTheNextRevisionAndSpoilsNothing()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        var record = await host.RecordAsync();
        await host.UploadAsync($"{JobHost.Job}/job.json", """{"weights":{"text":1}}""");

        // In the middle of publishing: the result is stored, the message sent, the record not yet closed.
        host.Publisher.OnPublish = () => host.Get<UploadEvents>().OnManifestAsync($"{JobHost.Job}/job.json", Token);
        var first = await host.RunAsync(record);
        host.Publisher.OnPublish = () => Task.CompletedTask;

        Assert.Equal(1, first.Revision);
        Assert.Equal(2, (await host.RecordAsync()).Revision);
        Assert.Equal((2, false), (host.Engine.Started[^1].Revision, host.Engine.Calls.Contains("stop")));
        Assert.Equal(2, (await host.RunAsync(await host.RecordAsync())).Revision);
        Assert.Equal(["a-job/1", "a-job/2"], host.Publisher.Messages.Select(message => message.Id));
    }

    [Fact]
    public async Task OnManifest_WhileTheOldOptionsAreStillFused_PublishesOnlyWhatItAsksFor()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        var old = await host.RecordAsync();
        await host.ReceiveManifestAsync("""{"inputs":["a.txt","b.txt"]}""");

        var report = await host.RunActivitiesAsync(old);

        Assert.True(report.Next!.Named);
        Assert.Empty(host.Publisher.Messages);
        Assert.Equal(JobState.Open, (await host.RecordAsync()).State);
    }

    [Fact]
    public async Task OnPoison_Input_IsMarkedFailedAndTheJobGoesOn()
    {
        using var host = new JobHost();
        await host.ReceiveManifestAsync("""{"inputs":["a.txt","bad.txt"]}""");
        await host.ReceiveAsync("a.txt", "a");
        await host.UploadAsync($"{JobHost.Job}/bad.txt", "b");
        host.Engine.Calls.Clear();

        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/bad.txt", "the disk was full", Token);

        var receipt = await host.ReceiptAsync("bad.txt");
        Assert.Equal((InputState.Failed, InputErrorCodes.Failed), (receipt!.State, receipt.Error!.Code));
        Assert.Contains("the disk was full", receipt.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["start", "wake"], host.Engine.Calls);
        Assert.Equal(JobOutcomeStatus.Partial, (await host.RunAsync(await host.RecordAsync())).Status);
    }

    [Fact]
    public async Task OnPoison_ThenTheEventAgain_ReplaysTheInput()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");
        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/a.txt", "out of luck", Token);

        await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/a.txt", Token);

        Assert.Equal(InputState.Ready, (await host.ReceiptAsync("a.txt"))!.State);
    }

    [Fact]
    public async Task OnPoison_InputProcessedAfterAll_IsLeft()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");

        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/a.txt", "slow", Token);

        Assert.Equal(InputState.Ready, (await host.ReceiptAsync("a.txt"))!.State);
    }

    [Fact]
    public async Task OnPoison_Manifest_IsNotedAsideAndStartsNothing()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/job.json", "{}");

        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/job.json", "out of luck", Token);

        Assert.Empty(host.Engine.Calls);
        Assert.Contains("quarantine/a-job/job.json.error.json", await host.ListAsync());
    }

    /// <summary>A worker dies at each operation of the store in turn; the event comes again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OnUpload_WorkerDiesAnywhere_TheEventAgainMakesItWhole(bool after)
    {
        int operations;
        using (var counted = new JobHost())
        {
            await counted.ReceiveAsync("a.txt", "a");
            operations = counted.Store.Operations;
        }

        Assert.True(operations > 8);
        for (var failing = 1; failing <= operations; failing++)
        {
            using var host = new JobHost();
            await host.UploadAsync($"{JobHost.Job}/a.txt", "a");
            (host.Store.FailAfter, host.Store.FailBefore) = after ? (failing, 0) : (0, failing);

            await Assert.ThrowsAsync<IOException>(() => host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/a.txt", Token));
            await host.Get<UploadEvents>().OnUploadAsync($"{JobHost.Job}/a.txt", Token);

            Assert.Equal("start", host.Engine.Calls[^2]);
            Assert.Equal(JobOutcomeStatus.Succeeded, (await host.RunAsync(await host.RecordAsync())).Status);
        }
    }

    private static async Task<IReadOnlyList<string>> DescribeAsync(JobHost host)
    {
        var entries = new List<string>();
        foreach (var container in Containers.All)
        {
            entries.AddRange(await host.Blobs.ListAsync(container, "", Token).Select(entry => $"{entry.Path} {entry.ETag}").ToListAsync(Token));
        }

        return entries;
    }
}
