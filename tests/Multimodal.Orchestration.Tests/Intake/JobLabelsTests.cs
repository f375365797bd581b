using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Orchestration.Tests.Intake;

/// <summary>Jobs that bring labels, or should.</summary>
public sealed class JobLabelsTests
{
    private static readonly ClassificationDefinition Letter = new() { Name = "letter", Model = "head.onnx", Labels = ["a", "b", "c"] };
    private static readonly ZeroShotDefinition What = new() { Name = "what" };
    private static readonly DecisionDefinition Route = new()
    {
        Name = "route",
        Of = "what",
        Rules = [new DecisionRule { If = new DecisionConditions { ConfidenceBelow = 0.9 }, Then = DecisionKind.Review }],
        Otherwise = DecisionKind.Accept,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubmitAsync_LabelsOfTheJob_AreScoredDecidedAndAnnounced()
    {
        using var host = HostOf(Letter, What, Route);

        var result = await host.RunAsync(await SubmitAsync(host, new JobOptions { Labels = ["bbb", "c"] }));

        Assert.Equal(JobOutcomeStatus.Succeeded, result.Status);
        Assert.Equal("bbb", Assert.IsType<ZeroShotOutcome>(result.Outcomes[1]).Label);
        Assert.Equal(DecisionKind.Accept, Assert.IsType<DecisionOutcome>(result.Outcomes[2]).Decision);
        var message = System.Text.Encoding.UTF8.GetString(Assert.Single(host.Publisher.Messages).Content.Span);
        Assert.Contains("\"decision\":\"accept\"", message.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAsync_NoLabelsWhereNoneAreDeclared_IsRefusedWithTheRemedy()
    {
        using var host = HostOf(What);

        var e = await Assert.ThrowsAsync<JobOptionsException>(() => SubmitAsync(host, new JobOptions()));

        Assert.Contains("\"labels\"", e.Message, StringComparison.Ordinal);
        Assert.Null(await host.Get<JobRecords>().FindAsync(JobHost.Job, Token));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a,a")]
    [InlineData("a, ")]
    [InlineData("a,b\u0007")]
    public async Task SubmitAsync_LabelsThatCannotBeUsed_AreRefused(string labels)
    {
        using var host = HostOf(What);

        await Assert.ThrowsAsync<JobOptionsException>(() => SubmitAsync(host, new JobOptions { Labels = labels.Split(',') }));
    }

    [Fact]
    public async Task SubmitAsync_TooManyOrTooLongLabels_AreRefused()
    {
        using var host = HostOf(What);

        await Assert.ThrowsAsync<JobOptionsException>(() => SubmitAsync(host, new JobOptions { Labels = [.. Enumerable.Range(0, 1001).Select(i => $"{i}")] }));
        await Assert.ThrowsAsync<JobOptionsException>(() => SubmitAsync(host, new JobOptions { Labels = ["a", new string('b', 201)] }));
    }

    [Fact]
    public async Task SubmitAsync_OneLabelForItself_IsTakenBySigmoidAlone()
    {
        using var host = HostOf(What with { Activation = LabelActivation.Sigmoid });

        Assert.Equal("a", Assert.IsType<ZeroShotOutcome>((await host.RunAsync(await SubmitAsync(host, new JobOptions { Labels = ["a"] }))).Outcomes[0]).Label);
    }

    [Fact]
    public async Task SubmitAsync_LabelsThatNoTaskTakes_AreRefused()
    {
        using var host = HostOf(Letter);

        var e = await Assert.ThrowsAsync<JobOptionsException>(() => SubmitAsync(host, new JobOptions { Labels = ["a", "b"] }));

        Assert.Contains("no task that takes any", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAsync_FusionThatThePipelineHasNot_IsRefusedAndNamesThoseItHas()
    {
        using var host = HostOf(Letter);

        var e = await Assert.ThrowsAsync<JobOptionsException>(() => SubmitAsync(host, new JobOptions { Fusion = "magic" }));

        Assert.Contains("weighted", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnUploadAsync_NoManifest_TheTaskFailsAloneAndTheDecisionIsForAPerson()
    {
        using var host = HostOf(Letter, What, Route);

        await host.ReceiveAsync("note.txt", "abb");
        var result = await host.RunAsync(await host.RecordAsync());

        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        Assert.Equal("b", Assert.IsType<ClassificationOutcome>(result.Outcomes[0]).Label);
        Assert.Equal(JobError.NoLabels, Assert.IsType<FailedOutcome>(result.Outcomes[1]).Error.Code);
        Assert.Equal(DecisionKind.Review, Assert.IsType<DecisionOutcome>(result.Outcomes[2]).Decision);
        Assert.Equal("letter", Assert.Single(result.Modalities[0].Outcomes).Task);
    }

    [Fact]
    public async Task OnManifestAsync_WithoutItsLabels_IsQuarantinedWithTheRemedy()
    {
        using var host = HostOf(What);

        await host.ReceiveManifestAsync("""{"inputs": ["note.txt"]}""");

        Assert.NotNull(await host.Blobs.ReadAsync(JobPaths.Quarantined(JobHost.Job, InputName.Manifest), Token));
    }

    private static JobHost HostOf(params TaskDefinition[] tasks)
    {
        var host = new JobHost();
        host.Pipeline.Write("2.0.0", change: definition => definition with { Tasks = tasks });
        return host;
    }

    private static Task<JobRecord> SubmitAsync(JobHost host, JobOptions options) =>
        host.Get<JobSubmission>().SubmitAsync(JobHost.Job, options, [JobHost.File("note.txt", "abb"u8.ToArray())], Token);
}
