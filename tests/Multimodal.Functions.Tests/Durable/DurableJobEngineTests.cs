using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Functions.Tests.Durable;

public sealed class DurableJobEngineTests
{
    private readonly ScriptedActivities _activities = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_JobAtWork_NothingHappens()
    {
        await using var host = await DurableHost.StartAsync(_activities.Register);
        var request = DurableHost.Request(complete: false, named: true, quiet: 1, deadline: 4);
        _activities.List = () => ScriptedActivities.Listing(awaited: 1, (Modality.Text, 1));

        await host.Use().StartAsync(request, Token);
        await host.Use().StartAsync(request, Token);
        await host.WaitAsync();

        Assert.Equal(1, _activities.Count("PublishResult"));
    }

    [Fact]
    public async Task StartAsync_JobEnded_RunsItsNextRevision()
    {
        await using var host = await DurableHost.StartAsync(_activities.Register);
        await host.RunAsync(DurableHost.Request());

        var ended = await host.RunAsync(DurableHost.Request(revision: 2));

        Assert.Equal(2, ended.ReadOutputAs<JobSummary>()!.Revision);
        Assert.Equal(2, _activities.Count("PublishResult"));
    }

    // A run that is ending no longer asks what is wanted: the next revision must wait for it, not be dropped with it.
    [Fact]
    public async Task StartAsync_JobIsEnding_RunsTheNextRevisionAfterIt()
    {
        var publishing = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _activities.Publish = request =>
        {
            publishing.TrySetResult();
            go.Task.Wait(TimeSpan.FromSeconds(20), Token);
            return new PublishReport("an id");
        };
        await using var host = await DurableHost.StartAsync(_activities.Register);
        await host.Use().StartAsync(DurableHost.Request(), Token);
        await publishing.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        var next = host.Use().StartAsync(DurableHost.Request(revision: 2), Token);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.False(next.IsCompleted);
        go.SetResult();
        await next;
        var ended = await host.WaitAsync();

        Assert.Equal(2, ended.ReadOutputAs<JobSummary>()!.Revision);
    }

    [Fact]
    public async Task WakeAsync_JobUnknown_IsHarmless()
    {
        await using var host = await DurableHost.StartAsync(_activities.Register);

        await host.Use().WakeAsync(DurableHost.Job, Token);

        Assert.Null(await host.Use().FindProgressAsync(DurableHost.Job, Token));
    }

    [Fact]
    public async Task FindProgressAsync_JobWaits_SaysForWhat()
    {
        _activities.List = () => ScriptedActivities.Listing(awaited: 2, (Modality.Text, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);
        await host.Use().StartAsync(DurableHost.Request(complete: false, named: true, quiet: 1, deadline: 60), Token);

        JobProgress? progress;
        do
        {
            await Task.Delay(100, Token);
            progress = await host.Use().FindProgressAsync(DurableHost.Job, Token);
        }
        while (progress is null or { Awaited: 0 });

        Assert.Equal(new JobProgress(JobStage.Collecting, 1, 2), progress);
        await host.Use().StopAsync(DurableHost.Job, Token);
    }

    [Fact]
    public async Task StopAsync_JobWaits_EndsAndForgetsIt()
    {
        _activities.List = () => ScriptedActivities.Listing(awaited: 1, (Modality.Text, 1));
        await using var host = await DurableHost.StartAsync(_activities.Register);
        await host.Use().StartAsync(DurableHost.Request(complete: false, named: true, quiet: 60, deadline: 120), Token);
        await host.Client.WaitForInstanceStartAsync(DurableHost.Job.Value, Token);

        await host.Use().StopAsync(DurableHost.Job, Token);

        Assert.Null(await host.Client.GetInstanceAsync(DurableHost.Job.Value, Token));
        Assert.Equal(0, _activities.Count("PublishResult"));
    }

    [Fact]
    public async Task StopAsync_JobUnknown_IsHarmless()
    {
        await using var host = await DurableHost.StartAsync(_activities.Register);

        await host.Use().StopAsync(DurableHost.Job, Token);
    }
}
