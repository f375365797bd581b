using System.Text.Json;
using Multimodal.Orchestration.Activities;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Jobs;

namespace Multimodal.Storage.Azure.Tests.Flow;

public sealed class JobOnAzuriteTests(AzuriteFixture azurite)
{
    private static readonly JobId Job = JobId.Parse("a-job");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Job_LeavesOneResultAndOneMessage()
    {
        var storage = await TestStorage.CreateBareAsync(azurite);
        using var host = new AzureJobHost(storage);
        await host.ProvisionAsync();

        var record = await host.SubmitAsync(Job, ("first.txt", "abcc"), ("zweites Bild ü.txt", "c"), ("bad.bin", "\0\0"));
        await host.Activities.RunAllAsync(record, Token);
        var again = await host.Activities.PublishResult.RunAsync(new PublishRequest(Job, record.Revision), Token);

        var result = await host.ResultAsync(Job);
        Assert.Equal((1, JobOutcomeStatus.Partial), (result.Revision, result.Status));
        Assert.Equal("c", Assert.IsType<ClassificationOutcome>(Assert.Single(result.Outcomes)).Label);
        Assert.Equal(
            ["a-job/embeddings.safetensors", "a-job/result.json"],
            await host.Store.ListAsync(Containers.Results, "", Token).Select(entry => entry.Path.Name).ToListAsync(Token));
        Assert.Equal(JobState.Closed, (await host.Records.GetAsync(Job, Token)).State);
        Assert.NotNull(await host.Store.FindAsync(JobPaths.QuarantineError(Job, "bad.bin"), Token));
        Assert.Equal(again.MessageId, Assert.Single(await IdsAsync(storage)));
    }

    [Fact]
    public async Task Run_NextRevision_ReplacesTheResultAndSendsAnotherId()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        using var host = new AzureJobHost(storage);

        await host.Activities.RunAllAsync(await host.SubmitAsync(Job, ("a.txt", "a")), Token);
        await host.Activities.RunAllAsync(await host.SubmitAsync(Job, ("a.txt", "b")), Token);

        Assert.Equal(2, (await host.ResultAsync(Job)).Revision);
        Assert.Equal(["a-job/1", "a-job/2"], (await IdsAsync(storage)).Order(StringComparer.Ordinal));
    }

    /// <summary>A worker dies at each operation of the publishing activity in turn, before or after it took effect; another repeats it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PublishResult_WorkerDiesAnywhere_LeavesOneResultAndOneMessageId(bool after)
    {
        var storage = await TestStorage.CreateAsync(azurite);
        using var host = new AzureJobHost(storage);
        var (messages, failing) = (0, 1);
        for (var died = true; died; failing++)
        {
            var job = JobId.Parse($"job-{failing}");
            var request = await PrepareAsync(host, await host.SubmitAsync(job, ("a.txt", "abcc")));
            var number = host.Store.Operations + failing;
            (host.Store.FailAfter, host.Store.FailBefore) = after ? (number, 0) : (0, number);

            died = await Record.ExceptionAsync(() => host.Activities.PublishResult.RunAsync(request, Token)) is IOException;
            (host.Store.FailAfter, host.Store.FailBefore) = (0, 0);
            await host.Activities.PublishResult.RunAsync(request, Token);

            Assert.Equal(1, (await host.ResultAsync(job)).Revision);
            Assert.Equal(JobState.Closed, (await host.Records.GetAsync(job, Token)).State);
            var ids = await IdsAsync(storage);
            Assert.Equal($"{job}/1", Assert.Single(ids.Distinct()));
            messages = Math.Max(messages, ids.Count);
        }

        // It did die everywhere, and after the message was sent too.
        Assert.InRange(failing, 8, 20);
        Assert.Equal(2, messages);
    }

    /// <summary>Everything up to the activity that publishes.</summary>
    private static async Task<PublishRequest> PrepareAsync(AzureJobHost host, JobRecord record)
    {
        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(record.JobId, record.Revision), Token);
        var encoded = await host.Activities.Encode.RunAsync(
            new EncodeRequest(record.JobId, record.Revision, listing.Reference, Modality.Text, 0, 1), Token);
        await host.Activities.FuseAndExecute.RunAsync(new FuseRequest(record.JobId, record.Revision, listing.Reference, [encoded]), Token);
        return new PublishRequest(record.JobId, record.Revision);
    }

    private static async Task<IReadOnlyList<string?>> IdsAsync(TestStorage storage) =>
        [.. (await storage.ConsumeResultsAsync()).Select(content => JsonDocument.Parse(content).RootElement.GetProperty("id").GetString())];
}
