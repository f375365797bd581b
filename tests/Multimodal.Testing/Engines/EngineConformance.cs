using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Testing.Engines;

/// <summary>
/// How jobs end, whichever engine runs the orchestration: a subclass for each engine. The activities, the networks and the
/// clock are the real ones.
/// </summary>
public abstract class EngineConformance
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ThreeModalities_AllAreUsedByTheirShares()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync("seven-all-agree");

        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: true)));

        var result = await AssertClosedAsync(host, JobOutcomeStatus.Succeeded, "7");
        Assert.All(result.Modalities, modality => Assert.Equal(ModalityState.Used, modality.State));
        Assert.All(result.Modalities, modality => Assert.InRange(modality.Weight!.Value, 0.01, 0.99));
        Assert.Equal(1, result.Modalities.Sum(modality => modality.Weight!.Value), 9);
    }

    [Fact]
    public async Task Run_MissingModalities_AreLeftOut()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync("nine-speech-only");

        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: true)));

        var result = await AssertClosedAsync(host, JobOutcomeStatus.Succeeded, "9");
        Assert.Equal(
            [(Modality.Image, ModalityState.Missing), (Modality.Text, ModalityState.Missing), (Modality.Audio, ModalityState.Used)],
            result.Modalities.Select(modality => (modality.Modality, modality.State)).Order());
    }

    [Fact]
    public async Task Run_EncoderFailsNowAndThen_IsTriedAgain()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync("seven-all-agree");
        await host.HideFeaturesAsync("picture.png", record, times: 2);

        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: true)));

        await AssertClosedAsync(host, JobOutcomeStatus.Succeeded, "7");
    }

    [Fact]
    public async Task Run_EncoderFailsAtEveryAttempt_IsLeftOut()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync("seven-all-agree");
        await host.HideFeaturesAsync("picture.png", record, times: int.MaxValue);

        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: true)));

        var result = await AssertClosedAsync(host, JobOutcomeStatus.Partial, "7");
        var failed = Assert.Single(result.Modalities, modality => modality.State == ModalityState.Failed);
        Assert.Equal((Modality.Image, JobError.EncoderFailed), (failed.Modality, failed.Error!.Code));
        Assert.Contains("cannot be read now", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InputNeverComes_GoesOnAtTheDeadline()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync(
            "four-text-only", new JobOptions { Inputs = ["never.png"], QuietSeconds = 1, DeadlineSeconds = 4 });

        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: false)));

        var result = await AssertClosedAsync(host, JobOutcomeStatus.Partial, "4");
        Assert.Equal(["never.png"], result.Awaited);
        Assert.True(result.CompletedAt >= record.StartedAt.AddSeconds(4));
    }

    // Long enough that the run has gone on as a new one in between; nobody tells it of the input.
    [Fact]
    public async Task Run_InputComesLateAndUntold_IsFoundAllTheSame()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync(
            "four-text-only", new JobOptions { Inputs = ["late.txt"], QuietSeconds = 0, DeadlineSeconds = 120 });

        var run = RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: false));
        await Task.Delay(TimeSpan.FromSeconds(6), Token);
        await host.Get<InputStore>().UploadAsync(SampleJobHost.Job, "late.txt", "vier"u8.ToArray(), Token);
        await host.Get<UploadIntake>().TakeInAsync(record, "late.txt", Token);

        Assert.True(await run);
        var result = await AssertClosedAsync(host, JobOutcomeStatus.Succeeded, "4");
        Assert.Equal(["late.txt", "nachricht.txt"], result.Inputs.Select(input => input.Name));
        Assert.True(result.CompletedAt < record.StartedAt.AddSeconds(60));
    }

    [Fact]
    public async Task Run_JobGivenOtherOptionsMeanwhile_GoesOnUnderThem()
    {
        await using var host = CreateHost();
        var before = await host.SubmitSampleAsync("one-text-disagrees");
        var options = before.Options with { Weights = new Dictionary<Modality, double> { [Modality.Text] = 1, [Modality.Image] = 0, [Modality.Audio] = 0 } };
        await host.Get<JobStarter>().AmendAsync(SampleJobHost.Job, options with { QuietSeconds = 0 }, "another", Token);

        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(before, complete: true)));

        await AssertClosedAsync(host, JobOutcomeStatus.Succeeded, "7");
    }

    [Fact]
    public async Task Run_QueueIsGone_FailsAndLeavesTheJobToALaterRun()
    {
        await using var host = CreateHost();
        var record = await host.SubmitSampleAsync("four-text-only");
        host.Publisher.OnPublish = () => throw new IOException("the queue is gone");

        Assert.False(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: true)));
        Assert.Equal(JobState.Open, (await host.RecordAsync()).State);

        host.Publisher.OnPublish = () => Task.CompletedTask;
        Assert.True(await RunToItsEndAsync(host, JobStarter.CreateRequest(record, complete: true)));
        await AssertClosedAsync(host, JobOutcomeStatus.Succeeded, "4");
    }

    /// <summary>A host with the engine.</summary>
    protected abstract SampleJobHost CreateHost();

    /// <summary>Runs a job; false where its run failed.</summary>
    protected abstract Task<bool> RunToItsEndAsync(SampleJobHost host, RunJobRequest request);

    private static async Task<JobResult> AssertClosedAsync(SampleJobHost host, JobOutcomeStatus status, string label)
    {
        Assert.Equal(JobState.Closed, (await host.RecordAsync()).State);
        Assert.Equal(["a-job/1"], host.Publisher.Messages.Select(message => message.Id).Distinct());
        var result = await host.ResultAsync();
        Assert.Equal((status, label), (result.Status, Assert.Single(result.Outcomes.OfType<ClassificationOutcome>()).Label));
        return result;
    }
}
