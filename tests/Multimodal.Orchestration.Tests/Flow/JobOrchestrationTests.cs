using System.Text.Json;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Tests.Replay;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Tests.Flow;

public sealed class JobOrchestrationTests
{
    private static readonly JobId Job = JobId.Parse("a-job");

    [Fact]
    public void RunAsync_Complete_TakesModalitiesPlusThreeActivities()
    {
        var simulation = new JobSimulation(Request(complete: true, named: true), ThreeModalities(at: -1), ["i", "t", "a"]);

        simulation.Run();

        Assert.Equal(
            ["ListInputs", "EncodeImages", "EncodeTexts", "EncodeAudio", "FuseAndExecute", "PublishResult"], Activities(simulation));
    }

    [Fact]
    public void RunAsync_CompleteButOneIsReplacedMeanwhile_WaitsForIt()
    {
        var simulation = new JobSimulation(
            Request(complete: true, named: true), [new("i", Modality.Image, -1, -1), new("t", Modality.Text, -1, 2)], ["i", "t"]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 2, 3);
        Assert.Contains("EncodeTexts", Activities(simulation));
    }

    [Fact]
    public void RunAsync_SeveralModalities_EncodesThemAtOnce()
    {
        var simulation = new JobSimulation(Request(complete: true), ThreeModalities(at: -1));

        simulation.Run();

        var run = Assert.Single(simulation.Runs);
        var firstEnd = run.History.FindIndex(entry => entry is ActivityCompleted { Action: > 2 });
        var begunBefore = run.Context.Actions.Take(run.ActionCounts[firstEnd]);
        Assert.Equal(3, begunBefore.Count(action => action.Name.StartsWith("Encode", StringComparison.Ordinal)));
    }

    [Fact]
    public void RunAsync_ManyInputs_EncodesInChunks()
    {
        var images = Enumerable.Range(0, 150).Select(i => new SimulatedInput($"{i}", Modality.Image, -1, -1)).ToList();
        var simulation = new JobSimulation(Request(complete: true), images);

        simulation.Run();

        var requests = simulation.Actions.Where(action => action.Name == "EncodeImages")
            .Select(action => JsonSerializer.Deserialize(action.Content, OrchestrationJson.Default.EncodeRequest)!).ToList();
        Assert.Equal([(0, 64), (64, 64), (128, 22)], requests.Select(request => (request.Offset, request.Count)));
    }

    [Fact]
    public void RunAsync_NamedInputs_StartsWhenTheLastIsThere()
    {
        var simulation = new JobSimulation(
            Request(named: true),
            [new("i", Modality.Image, 1, 2), new("t", Modality.Text, 1, 3), new("a", Modality.Audio, 3, 4)],
            ["i", "t", "a"]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 4, 5);
        Assert.Contains("EncodeAudio", Activities(simulation));
    }

    [Fact]
    public void RunAsync_NamedInputWhoseEventIsLost_CostsAQuietPeriod()
    {
        var simulation = new JobSimulation(
            Request(named: true), [new("i", Modality.Image, 1, 2, EventLost: true)], ["i"]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 2, 11);
        Assert.Contains("EncodeImages", Activities(simulation));
    }

    [Fact]
    public void RunAsync_NamedInputThatNeverComes_GoesOnAtTheDeadline()
    {
        var simulation = new JobSimulation(Request(named: true), [new("i", Modality.Image, 1, 2)], ["i", "never"]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 60, 62);
        Assert.Contains("EncodeImages", Activities(simulation));
    }

    [Fact]
    public void RunAsync_InputsWithoutNames_StartsAfterTheQuietPeriod()
    {
        var simulation = new JobSimulation(
            Request(), [new("i", Modality.Image, 0, 0.5), new("t", Modality.Text, 4, 4.5), new("a", Modality.Audio, 8, 8.5)]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 13, 14);
        Assert.Single(Activities(simulation), name => name == "ListInputs");
        Assert.Contains("EncodeAudio", Activities(simulation));
    }

    [Fact]
    public void RunAsync_LateUploadWhoseEventIsLost_ExtendsTheQuietPeriodAllTheSame()
    {
        var simulation = new JobSimulation(
            Request(), [new("i", Modality.Image, 0, 0.5), new("t", Modality.Text, 4, 4.5, EventLost: true)]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 9, 10.5);
        Assert.Contains("EncodeTexts", Activities(simulation));
    }

    [Fact]
    public void RunAsync_UploadNotYetPreprocessed_IsWaitedFor()
    {
        var simulation = new JobSimulation(
            Request(), [new("i", Modality.Image, 0, 0.5), new("a", Modality.Audio, 1, 20, EventLost: true)]);

        simulation.Run();

        Assert.InRange(simulation.Seconds, 20, 26);
        Assert.Contains("EncodeAudio", Activities(simulation));
    }

    [Fact]
    public void RunAsync_EncoderFails_LeavesOutItsModality()
    {
        var simulation = new JobSimulation(
            Request(complete: true), ThreeModalities(at: -1), fails: action => action.Name == "EncodeTexts");

        simulation.Run();

        var fuse = simulation.Actions.Single(action => action.Name == "FuseAndExecute");
        var request = JsonSerializer.Deserialize(fuse.Content, OrchestrationJson.Default.FuseRequest)!;
        var error = Assert.Single(request.Encoded, report => report.Error is not null);
        Assert.Equal(Modality.Text, error.Modality);
        Assert.Contains("out of luck", error.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunAsync_NoUsableInput_IsStillFusedAndPublished()
    {
        var simulation = new JobSimulation(
            Request(complete: true), [new("i", Modality.Image, -1, -1, Refused: true)]);

        simulation.Run();

        Assert.Equal(["ListInputs", "FuseAndExecute", "PublishResult"], Activities(simulation));
    }

    [Fact]
    public void RunAsync_JobChangedMeanwhile_GoesOnWithWhatItAsksForThen()
    {
        var request = Request(complete: true);
        var simulation = new JobSimulation(request, ThreeModalities(at: -1))
        {
            AskedNext = request with { Revision = 2, StartedAt = JobSimulation.At(1) },
        };

        var summary = simulation.Run();

        Assert.Equal(2, summary.Revision);
        var published = simulation.Actions.Where(action => action.Name == "PublishResult")
            .Select(action => JsonSerializer.Deserialize(action.Content, OrchestrationJson.Default.PublishRequest)!);
        Assert.Equal([(1, default), (2, JobSimulation.At(1))], published.Select(publish => (publish.Revision, publish.StartedAt)));
    }

    [Fact]
    public void RunAsync_WaitsForLong_LooksEverMoreSeldomAndKeepsNoLongHistory()
    {
        var request = Request(named: true) with { Deadline = JobSimulation.At(7 * 86_400) };
        var simulation = new JobSimulation(request, [new("i", Modality.Image, 1, 86_400, EventLost: true)], ["i"]);

        simulation.Run();

        // Uploads that are there but not ready are looked for once a minute, at the least.
        Assert.InRange(simulation.Seconds, 86_400, 86_400 + 61);
        Assert.InRange(Activities(simulation).Count(name => name == "ListInputs"), 1_400, 1_450);
        Assert.All(simulation.Runs, run => Assert.InRange(run.History.Count, 1, 12));
    }

    [Fact]
    public void RunAsync_ManyInputsOneAfterTheOther_KeepsNoLongHistory()
    {
        var inputs = Enumerable.Range(0, 200).Select(i => new SimulatedInput($"{i}", Modality.Image, i * 0.2, i * 0.2)).ToList();
        var simulation = new JobSimulation(Request(), inputs);

        simulation.Run();

        Assert.Single(Activities(simulation), name => name == "ListInputs");
        Assert.All(simulation.Runs, run => Assert.InRange(run.History.Count, 1, 12));
        var encoded = simulation.Actions.Where(action => action.Name == "EncodeImages")
            .Sum(action => JsonSerializer.Deserialize(action.Content, OrchestrationJson.Default.EncodeRequest)!.Count);
        Assert.Equal(200, encoded);
    }

    [Fact]
    public void RunAsync_PublishingFails_FailsTheRun()
    {
        var simulation = new JobSimulation(
            Request(complete: true), ThreeModalities(at: -1), fails: action => action.Name == "PublishResult");

        Assert.Throws<ActivityFailedException>(() => simulation.Run());
    }

    private static RunJobRequest Request(bool complete = false, bool named = false) =>
        new(Job, 1, complete, named, QuietSeconds: 5, Deadline: JobSimulation.At(60));

    private static SimulatedInput[] ThreeModalities(double at) =>
        [new("i", Modality.Image, at, at), new("t", Modality.Text, at, at), new("a", Modality.Audio, at, at)];

    private static string[] Activities(JobSimulation simulation) =>
        [.. simulation.Actions.Where(action => action.Kind == "activity").Select(action => action.Name)];
}
