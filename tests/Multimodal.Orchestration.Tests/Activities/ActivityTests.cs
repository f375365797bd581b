using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Orchestration.Tests.Activities;

public sealed class ActivityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListInputs_UploadWithoutReceipt_IsAwaited()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.Get<InputStore>().UploadAsync(JobHost.Job, "b.txt", "b"u8.ToArray(), Token);

        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, record.Revision), Token);

        Assert.Equal((1, 1, 0), (listing.Ready, listing.Awaited, listing.Refused));
    }

    [Fact]
    public async Task ListInputs_ReceiptOfAnOlderVersion_IsAwaited()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.Get<InputStore>().UploadAsync(JobHost.Job, "a.txt", "bb"u8.ToArray(), Token);

        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, record.Revision), Token);

        Assert.Equal((0, 1), (listing.Ready, listing.Awaited));
    }

    [Fact]
    public async Task ListInputs_ReceiptOfAnotherPipeline_IsAwaited()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        var receipt = await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "a.txt", Token);
        await host.Get<InputStore>().WriteReceiptAsync(JobHost.Job, receipt! with { PipelineDigest = new string('0', 64) }, Token);

        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, record.Revision), Token);

        Assert.Equal((0, 1), (listing.Ready, listing.Awaited));
    }

    [Fact]
    public async Task Encode_EmbeddingStored_IsNotComputedAgain()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"), ("b.txt", "b"));
        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, record.Revision), Token);
        var request = new EncodeRequest(JobHost.Job, record.Revision, listing.Reference, Modality.Text, 0, 2);

        var first = await host.Activities.Encode.RunAsync(request, Token);
        var second = await host.Activities.Encode.RunAsync(request, Token);

        Assert.Equal(2, host.Models.Encoded);
        Assert.Equal((2, 2), (first.Encoded, second.Encoded));
    }

    [Fact]
    public async Task Encode_Transcript_LiesBesideTheEmbeddingAndIsNotMadeAgain()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        var written = 0;
        host.Models.Transcribe = _ => new Transcript { Text = $"text {++written}", Words = [new TranscriptSpan("text", 0.1, 0.2, 0.5)] };
        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, record.Revision), Token);
        var request = new EncodeRequest(JobHost.Job, record.Revision, listing.Reference, Modality.Text, 0, 1);

        await host.Activities.Encode.RunAsync(request, Token);
        await host.Activities.Encode.RunAsync(request, Token);

        var receipt = await host.ReceiptAsync("a.txt");
        var stored = await host.Get<EmbeddingStore>().ReadAsync(JobHost.Job, receipt!.Input, host.Digest, Token);
        Assert.Equal((1, "text 1"), (written, stored!.Transcript!.Text));
        Assert.Equal([new TranscriptSpan("text", 0.1, 0.2, 0.5)], stored.Transcript.Words);
    }

    [Fact]
    public async Task Encode_InputInWhichNobodySpeaks_IsLeftOutWithItsOwnReason()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "aa"), ("b.txt", "b"));
        host.Models.BeforeEncoding = items =>
        {
            if (items.Any(item => item.Tensors["input_ids"].Shape[0] == 2))
            {
                throw new InputException(InputErrorCodes.NoContent, "No words were understood in the recording.", "Speak up.");
            }
        };

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        var left = Assert.Single(result.Inputs, input => input.State == InputState.Failed);
        Assert.Equal(("a.txt", InputErrorCodes.NoContent, "Speak up."), (left.Name, left.Error!.Code, left.Error.Remedy));
    }

    [Fact]
    public async Task Encode_FeaturesDeleted_AreMadeAgain()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        var receipt = await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "a.txt", Token);
        await host.Blobs.DeleteAsync(JobPaths.Features(JobHost.Job, receipt!.Input, host.Digest), Token);

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Succeeded, result.Status);
    }

    [Fact]
    public async Task Encode_EmbeddingNotFinite_LeavesThatInputOut()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "aa"), ("b.txt", "b"));
        host.Models.Distort = vector => vector[0] == 2 ? [float.NaN, 0, 0] : vector;

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        Assert.Equal("b", Assert.IsType<ClassificationOutcome>(Assert.Single(result.Outcomes)).Label);
        var left = Assert.Single(result.Inputs, input => input.State == InputState.Failed);
        Assert.Equal(("a.txt", InputErrorCodes.EncodingFailed), (left.Name, left.Error!.Code));
    }

    [Fact]
    public async Task Encode_ModelDoesNotFit_ComesBackAsData()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        host.Models.BeforeEncoding = _ => throw new PipelineException("the model does not fit");

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Failed, result.Status);
        Assert.Equal(JobError.NoUsableInput, result.Error!.Code);
        var modality = Assert.Single(result.Modalities);
        Assert.Equal(ModalityState.Failed, modality.State);
        Assert.Contains("the model does not fit", modality.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_OneInputThatMemoryDoesNotSufficeFor_FailsAlone()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "aaaa"), ("b.txt", "b"));
        host.Models.BeforeEncoding = items =>
        {
            if (items[0].Tensors["input_ids"].ElementCount > 2)
            {
                throw new EncoderExhaustedException("letters/text", new InsufficientMemoryException());
            }
        };

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        var left = Assert.Single(result.Inputs, input => input.State == InputState.Failed);
        Assert.Equal(("a.txt", InputErrorCodes.EncodingFailed), (left.Name, left.Error!.Code));
        Assert.Contains("memory", left.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_MemoryForNoInput_IsTriedAgain()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"), ("b.txt", "b"));
        host.Models.BeforeEncoding = _ => throw new EncoderExhaustedException("letters/text", new InsufficientMemoryException());

        await Assert.ThrowsAsync<EncoderExhaustedException>(() => host.RunActivitiesAsync(record));

        host.Models.BeforeEncoding = _ => { };
        Assert.Equal(JobOutcomeStatus.Succeeded, (await host.RunAsync(record)).Status);
    }

    [Fact]
    public async Task Encode_HostHasAnotherPipelineVersion_SaysBothDigests()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.Get<JobRecords>().UpdateAsync(JobHost.Job, current => current with { PipelineDigest = new string('f', 64) }, Token);

        var report = await host.Activities.Encode.RunAsync(
            new EncodeRequest(JobHost.Job, record.Revision, "unread", Modality.Text, 0, 1), Token);

        Assert.Contains(host.Digest, report.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(new string('f', 64), report.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FuseAndExecute_TwoInputsOfOneModality_AreAveraged()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "aab"), ("b.txt", "b"));

        await host.RunAsync(record);

        var file = Safetensors.Read((await host.Blobs.ReadAsync(JobPaths.ResultEmbeddings(JobHost.Job), Token))!.Content);
        Assert.Equal(
            ["fused", "inputs/a.txt", "inputs/b.txt", "modalities/text"], file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1f, 1f, 0f], file.Tensors["fused"].AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task Run_PipelineWithoutTasks_GivesEmbeddingsAndNoOutcome()
    {
        using var host = new JobHost();
        host.Pipeline.Write("2.0.0", tasks: false);
        var record = await host.SubmitAsync(("a.txt", "aab"), ("b.txt", "b"));

        var result = await host.RunAsync(record);

        Assert.Equal((JobOutcomeStatus.Succeeded, null), (result.Status, result.Error));
        Assert.Empty(result.Outcomes);
        Assert.Equal(3, result.Fusion!.Dimensions);
        Assert.Equal(["preprocess", "encode", "fuse"], result.Stages.Select(stage => stage.Stage));
        Assert.Equal((ModalityState.Used, 2, 0), Assert.Single(result.Modalities) switch { var text => (text.State, text.Used, text.Outcomes.Count) });
        var file = Safetensors.Read((await host.Blobs.ReadAsync(JobPaths.ResultEmbeddings(JobHost.Job), Token))!.Content);
        Assert.Equal([1f, 1f, 0f], file.Tensors["fused"].AsSpan<float>().ToArray());
        Assert.Contains("\"verdicts\":[]", System.Text.Encoding.UTF8.GetString(Assert.Single(host.Publisher.Messages).Content.Span).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EveryInputRefused_FailsClearly()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("empty.txt", ""), ("blank.txt", " \n "));

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Failed, result.Status);
        Assert.Equal(JobError.NoUsableInput, result.Error!.Code);
        Assert.Contains("empty.txt", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(result.Outcomes);
        Assert.Single(host.Publisher.Messages);
    }

    [Fact]
    public async Task Run_NoInputs_FailsClearly()
    {
        using var host = new JobHost();

        var result = await host.RunAsync(await host.SubmitAsync());

        Assert.Equal("The job has no inputs.", result.Error!.Message);
    }

    [Fact]
    public async Task Run_InputThatNeverCame_IsNamed()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.Get<JobRecords>().UpdateAsync(
            JobHost.Job, current => current with { Options = current.Options with { Inputs = ["a.txt", "never.wav"] } }, Token);

        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        Assert.Equal(["never.wav"], result.Awaited);
    }

    [Fact]
    public async Task Run_Twice_GivesTheSameOutcome()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "abcc"));

        var first = await host.RunAsync(record);
        var second = await host.RunAsync(record);

        Assert.Equal(first.CompletedAt, second.CompletedAt);
        Assert.Single(host.Publisher.Messages);
    }

    /// <summary>A worker dies at each operation of the store in turn, before or after it took effect; another takes over.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WorkerDiesAnywhere_LeavesOneResultAndOneMessageId(bool after)
    {
        var operations = await CountOperationsAsync();
        Assert.True(operations > 10);
        for (var failing = 1; failing <= operations; failing++)
        {
            using var host = new JobHost();
            var record = await host.SubmitAsync(("a.txt", "abcc"), ("bad.bin", "\0\0"));
            var number = host.Store.Operations + failing;
            (host.Store.FailAfter, host.Store.FailBefore) = after ? (number, 0) : (0, number);

            await Assert.ThrowsAsync<IOException>(() => host.RunAsync(record));
            await host.RunAsync(record);

            var result = await host.ResultAsync();
            var closed = await host.Get<JobRecords>().GetAsync(JobHost.Job, Token);
            Assert.Equal((1, JobOutcomeStatus.Partial), (result.Revision, result.Status));
            Assert.Equal(JobState.Closed, closed.State);
            Assert.Equal("a-job/1", Assert.Single(host.Publisher.Messages.Select(message => message.Id).Distinct()));
        }

        static async Task<int> CountOperationsAsync()
        {
            using var host = new JobHost();
            var record = await host.SubmitAsync(("a.txt", "abcc"), ("bad.bin", "\0\0"));
            var before = host.Store.Operations;
            await host.RunAsync(record);
            return host.Store.Operations - before;
        }
    }

    [Fact]
    public async Task PublishResult_StragglerOfAnOlderRevision_ChangesNothing()
    {
        using var host = new JobHost();
        var first = await host.SubmitAsync(("a.txt", "a"));
        await host.RunAsync(first);
        var second = await host.SubmitAsync(("a.txt", "b"));
        await host.RunAsync(second);

        await host.Activities.PublishResult.RunAsync(new PublishRequest(JobHost.Job, first.Revision, first.StartedAt), Token);

        Assert.Equal(2, (await host.ResultAsync()).Revision);
        Assert.Equal(["a-job/1", "a-job/2"], host.Publisher.Messages.Select(message => message.Id));
    }

    [Fact]
    public async Task PublishResult_Message_IsACloudEventWithoutContent()
    {
        using var host = new JobHost();

        await host.RunAsync(await host.SubmitAsync(("secret-plan.txt", "abc")));

        var json = System.Text.Json.JsonDocument.Parse(Assert.Single(host.Publisher.Messages).Content).RootElement;
        Assert.Equal("1.0", json.GetProperty("specversion").GetString());
        Assert.Equal("a-job/1", json.GetProperty("id").GetString());
        Assert.Equal("multimodal.job.completed", json.GetProperty("type").GetString());
        Assert.Equal("results/a-job/result.json", json.GetProperty("data").GetProperty("result").GetString());
        Assert.Equal("letter", json.GetProperty("data").GetProperty("verdicts")[0].GetProperty("task").GetString());
        Assert.DoesNotContain("secret", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishResult_ClosedRecord_NamesTheInputsItWasMadeOf()
    {
        using var host = new JobHost();
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a")));

        var record = await host.Get<JobRecords>().GetAsync(JobHost.Job, Token);

        var upload = await host.Get<InputStore>().FindUploadAsync(JobHost.Job, "a.txt", Token);
        Assert.Equal([new InputIdentity("a.txt", upload!.ETag)], record.Inputs);
        Assert.Equal(JobOutcomeStatus.Succeeded, record.Outcome);
    }
}
