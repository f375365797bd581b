using System.Text;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Engine;

/// <summary>
/// The two fixed promises: an event that comes before its orchestration exists, and a starter that dies between storing
/// features and raising the event, cost nothing but a quiet period.
/// </summary>
public sealed class LostEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"quietSeconds":20,"deadlineSeconds":600}""")]
    [InlineData("""{"quietSeconds":20,"deadlineSeconds":600,"inputs":["a.txt","b.txt"]}""")]
    public async Task Wake_BeforeTheOrchestrationExists_CostsAQuietPeriod(string manifest)
    {
        await using var host = new EngineHost();
        await UploadAsync(host, "job.json", manifest);
        await UploadAsync(host, "a.txt", "a");
        await UploadAsync(host, "b.txt", "b");
        var record = await host.Get<JobStarter>().EnsureRecordAsync(
            EngineHost.Job, host.Get<JobManifests>().Parse(Encoding.UTF8.GetBytes(manifest)), Token);
        await host.Get<UploadIntake>().TakeInAsync(record, "a.txt", Token);
        await host.Get<UploadIntake>().TakeInAsync(record, "b.txt", Token);

        // Nobody listens yet: it is dropped, as a durable engine drops it.
        await host.Engine.WakeAsync(EngineHost.Job, Token);
        var begun = host.Time.GetUtcNow();
        await host.WindUntilAsync(host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: false)));

        await AssertWholeAsync(host, begun);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Starter_DiesBetweenStoringFeaturesAndRaisingTheEvent_CostsAQuietPeriod(bool named)
    {
        await using var host = new EngineHost();
        await UploadAsync(host, "job.json", named
            ? """{"quietSeconds":20,"deadlineSeconds":600,"inputs":["a.txt","b.txt"]}"""
            : """{"quietSeconds":20,"deadlineSeconds":600}""");
        await UploadAsync(host, "a.txt", "a");
        await host.Get<UploadEvents>().OnUploadAsync($"{EngineHost.Job}/a.txt", Token);
        var record = await host.Get<JobRecords>().GetAsync(EngineHost.Job, Token);
        var run = host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: false));

        // All that a worker does for the second input, but for the event: that is where it dies, and nobody tells again.
        await UploadAsync(host, "b.txt", "b");
        await host.Get<UploadIntake>().TakeInAsync(record, "b.txt", Token);
        var begun = host.Time.GetUtcNow();
        await host.WindUntilAsync(run);

        await AssertWholeAsync(host, begun);
    }

    [Fact]
    public async Task Manifest_ChangesWhatARunningJobWaitsFor_ItDoesNotWaitOnInVain()
    {
        await using var host = new EngineHost();
        await UploadAsync(host, "job.json", """{"inputs":["a.txt","never.txt"],"quietSeconds":3600,"deadlineSeconds":604800}""");
        await host.Get<UploadEvents>().OnManifestAsync($"{EngineHost.Job}/job.json", Token);
        await UploadAsync(host, "a.txt", "a");
        await host.Get<UploadEvents>().OnUploadAsync($"{EngineHost.Job}/a.txt", Token);
        var begun = host.Time.GetUtcNow();

        await UploadAsync(host, "job.json", """{"inputs":["a.txt"],"quietSeconds":20,"deadlineSeconds":600}""");
        await host.Get<UploadEvents>().OnManifestAsync($"{EngineHost.Job}/job.json", Token);
        var record = await host.Get<JobRecords>().GetAsync(EngineHost.Job, Token);
        var summary = await host.WindUntilAsync(host.Engine.RunAsync(JobStarter.CreateRequest(record, complete: true)));

        Assert.Equal((1, JobOutcomeStatus.Succeeded), (summary.Revision, summary.Status));

        // The old options would have had it wait for an hour; the clock is wound on while the machine works.
        Assert.InRange((host.Time.GetUtcNow() - begun).TotalSeconds, 0, 600);
    }

    private static async Task UploadAsync(EngineHost host, string name, string content) =>
        await host.Get<InputStore>().UploadAsync(EngineHost.Job, name, Encoding.UTF8.GetBytes(content), Token);

    private static async Task AssertWholeAsync(EngineHost host, DateTimeOffset begun)
    {
        var result = await host.Get<IBlobStore>().ReadJsonAsync(JobPaths.Result(EngineHost.Job), PipelineJson.Default.JobResult, Token);
        Assert.Equal(JobOutcomeStatus.Succeeded, result!.Value.Value.Status);
        Assert.Equal(["a.txt", "b.txt"], result.Value.Value.Inputs.Select(input => input.Name));

        // The clock is wound on while the machine works, so it says no more than that the deadline was not what ended the wait;
        // the simulations of the orchestration tell the time to the second.
        Assert.InRange((host.Time.GetUtcNow() - begun).TotalSeconds, 1, 300);
    }
}
