using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Functions.Tests.Durable;

/// <summary>The one orchestration through the Durable adapter, on Durable's engine in memory.</summary>
public sealed class RunJobTests
{
    private readonly ScriptedActivities _activities = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunJob_ThreeModalities_EncodesThemSideBySide()
    {
        _activities.List = () => ScriptedActivities.Listing((Modality.Image, 2), (Modality.Text, 1), (Modality.Audio, 1));
        var arrived = 0;
        var all = new TaskCompletionSource();

        // The engine in memory runs as many activities at once as there are processors.
        var together = Math.Min(3, Environment.ProcessorCount);
        _activities.Encode = async request =>
        {
            if (Interlocked.Increment(ref arrived) == together)
            {
                all.SetResult();
            }

            // Ends only when they are at work side by side.
            await all.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
            return new Orchestration.Activities.EncodeReport(request.Modality, request.Count, 0, 1);
        };
        await using var host = await DurableHost.StartAsync(_activities.Register);

        var ended = await host.RunAsync(DurableHost.Request());

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(new JobSummary(DurableHost.Job, 1, JobOutcomeStatus.Succeeded), ended.ReadOutputAs<JobSummary>());
        Assert.Equal(new JobProgress(JobStage.Closed, 4), ended.ReadCustomStatusAs<JobProgress>());
        Assert.Equal(
            ["ListInputs", "EncodeAudio", "EncodeImages", "EncodeTexts", "FuseAndExecute", "PublishResult"],
            _activities.Calls.Take(1).Concat(_activities.Calls.Skip(1).Take(3).Order(StringComparer.Ordinal)).Concat(_activities.Calls.Skip(4)));
    }

    [Fact]
    public async Task RunJob_MissingModality_IsLeftOut()
    {
        _activities.List = () => ScriptedActivities.Listing((Modality.Audio, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);

        var ended = await host.RunAsync(DurableHost.Request());

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(["ListInputs", "EncodeAudio", "FuseAndExecute", "PublishResult"], _activities.Calls);
        Assert.Equal(Modality.Audio, Assert.Single(Assert.Single(_activities.Fused).Encoded).Modality);
    }

    [Fact]
    public async Task RunJob_ActivityFailsNowAndThen_IsTriedAgainByThePolicy()
    {
        var begun = Stopwatch.GetTimestamp();
        var attempts = 0;
        _activities.Encode = request => ++attempts < 3
            ? throw new IOException("not now")
            : Task.FromResult(new Orchestration.Activities.EncodeReport(request.Modality, request.Count, 0, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);

        var ended = await host.RunAsync(DurableHost.Request());

        Assert.Equal(JobOutcomeStatus.Succeeded, ended.ReadOutputAs<JobSummary>()!.Status);
        Assert.Equal(3, attempts);
        Assert.True(Stopwatch.GetElapsedTime(begun) >= RetryPolicy.Default.DelayAfter(1) + RetryPolicy.Default.DelayAfter(2));
    }

    [Fact]
    public async Task RunJob_EncoderFailsAtEveryAttempt_FailsTheModalityNotTheJob()
    {
        _activities.List = () => ScriptedActivities.Listing((Modality.Image, 1), (Modality.Text, 1));
        _activities.Encode = request => request.Modality == Modality.Image
            ? throw new IOException("never")
            : Task.FromResult(new Orchestration.Activities.EncodeReport(request.Modality, request.Count, 0, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);

        var ended = await host.RunAsync(DurableHost.Request());

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(RetryPolicy.Default.Attempts, _activities.Count("EncodeImages"));
        var failed = Assert.Single(Assert.Single(_activities.Fused).Encoded, report => report.Error is not null);
        Assert.Equal(Modality.Image, failed.Modality);
        Assert.Contains("never", failed.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunJob_PublishingFailsAtEveryAttempt_FailsTheOrchestration()
    {
        _activities.Publish = _ => throw new IOException("the queue is gone");
        await using var host = await DurableHost.StartAsync(_activities.Register);

        var ended = await host.RunAsync(DurableHost.Request());

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(RetryPolicy.Default.Attempts, _activities.Count("PublishResult"));
    }

    [Fact]
    public async Task RunJob_InputNeverComes_GoesOnAtTheDeadline()
    {
        _activities.List = () => ScriptedActivities.Listing(awaited: 1, (Modality.Text, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);
        var request = DurableHost.Request(complete: false, named: true, quiet: 1, deadline: 3);

        var ended = await host.RunAsync(request);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.True(DateTimeOffset.UtcNow >= request.Deadline);
        Assert.InRange(_activities.Count("ListInputs"), 2, 5);
    }

    [Fact]
    public async Task RunJob_EventOfTheLastInput_EndsTheWaitAtOnce()
    {
        var awaited = 1;
        _activities.List = () => ScriptedActivities.Listing(awaited, (Modality.Text, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);
        var begun = Stopwatch.GetTimestamp();
        await host.Use().StartAsync(DurableHost.Request(complete: false, named: true, quiet: 60, deadline: 120), Token);
        await host.Client.WaitForInstanceStartAsync(DurableHost.Job.Value, Token);

        awaited = 0;
        await host.Use().WakeAsync(DurableHost.Job, Token);
        var ended = await host.WaitAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(50));
    }

    // Events that come while nobody waits are kept, and none of them is left with a wait that was given up.
    [Fact]
    public async Task RunJob_EventsWhileAnActivityRuns_AreSeenByTheWaitsThatFollow()
    {
        var listed = 0;
        var listing = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _activities.List = () =>
        {
            if (++listed == 2)
            {
                listing.SetResult();
                go.Task.Wait(TimeSpan.FromSeconds(20), Token);
            }

            return ScriptedActivities.Listing(awaited: listed < 4 ? 1 : 0, (Modality.Text, 1));
        };
        await using var host = await DurableHost.StartAsync(_activities.Register);
        var begun = Stopwatch.GetTimestamp();

        // The first wait ends by its timer, the two after it by the events sent meanwhile.
        await host.Use().StartAsync(DurableHost.Request(complete: false, named: true, quiet: 1, deadline: 120), Token);
        await listing.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        await host.Use().WakeAsync(DurableHost.Job, Token);
        await host.Use().WakeAsync(DurableHost.Job, Token);
        go.SetResult();
        var ended = await host.WaitAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(4, listed);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
