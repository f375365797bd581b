using Multimodal.Local.Engine;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Engine;

public sealed class LocalEngineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Job_EndsWithItsResultAndOneMessage()
    {
        await using var host = new EngineHost();
        var record = await host.SubmitAsync(files: ("a.txt", "abb"));

        var summary = await host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: true));

        Assert.Equal(JobOutcomeStatus.Succeeded, summary.Status);
        Assert.Equal("a-job_1.json", Assert.Single(new DirectoryInfo(Path.Combine(host.Root, "queues", "results")).GetFiles()).Name);
        Assert.True(File.Exists(Path.Combine(host.Root, "results", "a-job", "result.json")));
    }

    [Fact]
    public async Task RunAsync_StageFailsNowAndThen_IsTriedAgainByThePolicy()
    {
        await using var host = new EngineHost();
        var attempts = new List<DateTimeOffset>();
        host.Models.BeforeEncoding = _ =>
        {
            attempts.Add(host.Time.GetUtcNow());
            if (attempts.Count < RetryPolicy.Default.Attempts)
            {
                throw new IOException("not now");
            }
        };
        var record = await host.SubmitAsync(files: ("a.txt", "a"));

        var summary = await host.WindUntilAsync(host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: true)));

        Assert.Equal(JobOutcomeStatus.Succeeded, summary.Status);
        Assert.Equal(RetryPolicy.Default.Attempts, attempts.Count);
        for (var i = 1; i < attempts.Count; i++)
        {
            Assert.InRange(attempts[i] - attempts[i - 1], RetryPolicy.Default.DelayAfter(i), RetryPolicy.Default.DelayAfter(i) + TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public async Task RunAsync_EncoderFailsAtEveryAttempt_FailsTheModalityNotTheEngine()
    {
        await using var host = new EngineHost();
        host.Models.BeforeEncoding = _ => throw new IOException("never");
        var record = await host.SubmitAsync(files: ("a.txt", "a"));

        var summary = await host.WindUntilAsync(host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: true)));

        Assert.Equal(JobOutcomeStatus.Failed, summary.Status);
    }

    [Fact]
    public async Task RunAsync_BadInput_IsNeverRetried()
    {
        await using var host = new EngineHost();
        var record = await host.SubmitAsync(files: [("a.txt", "a"), ("bad.bin", "\0\0\0")]);
        var begun = host.Time.GetUtcNow();

        var summary = await host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: true));

        Assert.Equal(JobOutcomeStatus.Partial, summary.Status);
        Assert.Equal(begun, host.Time.GetUtcNow());
    }

    [Fact]
    public async Task RunAsync_JobOfAnotherProcess_IsRefused()
    {
        await using var host = new EngineHost();
        await using var other = new EngineHost(host);
        var record = await host.SubmitAsync(files: ("a.txt", "a"));
        await using var lease = await other.Get<IJobLeases>().TryAcquireAsync(EngineHost.Job, Token);

        await Assert.ThrowsAsync<JobLeasedException>(() => host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: true)));
    }

    [Fact]
    public async Task RunAsync_SameRevisionTwice_RunsOnce()
    {
        await using var host = new EngineHost();
        var record = await host.SubmitAsync(files: ("a.txt", "a"));
        var request = JobStarter.CreateRequest(record, complete: true);

        await Task.WhenAll(host.Engine.RunAsync(request), host.Engine.RunAsync(request));

        Assert.Equal(1, host.Models.Encoded);
    }

    [Fact]
    public async Task RunAsync_NextRevisionWhileOneRuns_RunsAfterIt()
    {
        await using var host = new EngineHost();
        using var gate = new ManualResetEventSlim();
        host.Models.BeforeEncoding = _ => gate.Wait(Token);
        var record = await host.SubmitAsync(files: ("a.txt", "a"));
        var request = JobStarter.CreateRequest(record, complete: true);

        var first = host.Engine.RunAsync(request);
        var second = host.Engine.RunAsync(request with { Revision = 2 });
        gate.Set();

        Assert.Equal(1, (await first).Revision);
        Assert.Equal(2, (await second).Revision);
    }

    [Fact]
    public async Task RunAsync_AfterAStopInTheMiddle_FindsWhatWasDone()
    {
        await using var host = new EngineHost();
        var record = await host.SubmitAsync(files: [("a.txt", "a"), ("b.txt", "b")]);
        var request = JobStarter.CreateRequest(record, complete: true);
        using (var entered = new SemaphoreSlim(0))
        {
            // The first engine gets as far as the encoder and is stopped there.
            await using var stopped = new EngineHost(host);
            stopped.Models.BeforeEncoding = _ =>
            {
                entered.Release();
                throw new IOException("stopped");
            };
            var run = stopped.Engine.RunAsync(request);
            await entered.WaitAsync(Token);
            await stopped.Engine.DisposeAsync();

            // Which of the two ends it depends on whether the encoder has failed by the time of the stop.
            Assert.True(await Record.ExceptionAsync(() => run) is OperationCanceledException or IOException);
        }

        var summary = await host.Engine.RunAsync(request);

        Assert.Equal(JobOutcomeStatus.Succeeded, summary.Status);
        Assert.Equal(JobState.Closed, (await host.Get<JobRecords>().GetAsync(EngineHost.Job, Token)).State);
        Assert.Single(new DirectoryInfo(Path.Combine(host.Root, "queues", "results")).GetFiles());
    }

    [Fact]
    public async Task StopAsync_WaitingJob_EndsItsRunAlone()
    {
        await using var host = new EngineHost();
        var record = await host.Get<JobStarter>().EnsureRecordAsync(EngineHost.Job, new JobOptions { Inputs = ["never.txt"] }, Token);
        var run = host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: false));

        await host.Engine.StopAsync(EngineHost.Job, Token);

        Assert.True(run.IsCanceled);
        Assert.Null(await host.Engine.FindProgressAsync(EngineHost.Job, Token));
        Assert.Equal(JobOutcomeStatus.Failed, (await host.Engine.RunAsync(
            JobStarter.CreateRequest(record, complete: true) with { Deadline = host.Time.GetUtcNow() })).Status);
    }

    [Fact]
    public async Task WakeAsync_NamedInputArrives_EndsTheWait()
    {
        await using var host = new EngineHost();
        var record = await host.Get<JobStarter>().EnsureRecordAsync(
            EngineHost.Job, new JobOptions { Inputs = ["late.txt"], QuietSeconds = 3600, DeadlineSeconds = 7200 }, Token);
        var run = host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: false));

        await host.Get<InputStore>().UploadAsync(EngineHost.Job, "late.txt", "c"u8.ToArray(), Token);
        await host.Get<UploadIntake>().TakeInAsync(record, "late.txt", Token);
        await host.Engine.WakeAsync(EngineHost.Job, Token);

        Assert.Equal(JobOutcomeStatus.Succeeded, (await run.WaitAsync(TimeSpan.FromSeconds(20), Token)).Status);
    }

    [Fact]
    public async Task RunAsync_InputWithoutAnEvent_IsFoundAfterTheQuietPeriod()
    {
        await using var host = new EngineHost();
        var record = await host.Get<JobStarter>().EnsureRecordAsync(
            EngineHost.Job, new JobOptions { Inputs = ["late.txt"], QuietSeconds = 5 }, Token);
        var run = host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: false));
        await host.Get<InputStore>().UploadAsync(EngineHost.Job, "late.txt", "c"u8.ToArray(), Token);
        await host.Get<UploadIntake>().TakeInAsync(record, "late.txt", Token);

        var summary = await host.WindUntilAsync(run);

        Assert.Equal(JobOutcomeStatus.Succeeded, summary.Status);
        var result = await host.Get<IBlobStore>().ReadJsonAsync(JobPaths.Result(EngineHost.Job), PipelineJson.Default.JobResult, Token);
        Assert.Equal(["late.txt"], result!.Value.Value.Inputs.Select(input => input.Name));
    }
}
