using System.Text;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Intake;

public sealed class JobSubmissionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubmitAsync_GoodInput_StoresUploadFeaturesAndReceipt()
    {
        using var host = new JobHost();

        await host.SubmitAsync(("note.txt", "abba"));

        var receipt = await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "note.txt", Token);
        Assert.Equal(InputState.Ready, receipt!.State);
        Assert.Equal(Modality.Text, receipt.Modality);
        var features = await host.Get<FeatureStore>().FindAsync(JobHost.Job, receipt.Input, host.Digest, Token);
        Assert.Equal([3, 4, 4, 3], features!.Tensors["input_ids"].AsSpan<long>().ToArray());
        Assert.Equal(receipt.Facts, features.Facts with { Notes = receipt.Facts!.Notes });
    }

    [Fact]
    public async Task SubmitAsync_BadInput_IsQuarantinedWithItsReason()
    {
        using var host = new JobHost();

        await host.SubmitAsync(("bad.bin", "\0\u0001\u0002"), ("good.txt", "a"));

        var receipt = await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "bad.bin", Token);
        Assert.Equal(InputState.Refused, receipt!.State);
        Assert.Equal(InputErrorCodes.Unsupported, receipt.Error!.Code);
        Assert.Contains("bad.bin", receipt.Error.Message, StringComparison.Ordinal);
        Assert.NotNull(await host.Blobs.ReadAsync(JobPaths.Quarantined(JobHost.Job, "bad.bin"), Token));
        var error = await host.Blobs.ReadJsonAsync(JobPaths.QuarantineError(JobHost.Job, "bad.bin"), PipelineJson.Default.InputError, Token);
        Assert.Equal(receipt.Error, error!.Value.Value);
        Assert.Equal(InputState.Ready, (await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "good.txt", Token))!.State);
    }

    [Theory]
    [InlineData("confidence-weighted")]
    [InlineData("weighted")]
    public async Task SubmitAsync_MethodOfFusion_IsWhatTheResultIsFusedBy(string method)
    {
        using var host = new JobHost();

        var record = await host.Get<JobSubmission>().SubmitAsync(
            JobHost.Job, new JobOptions { Fusion = method }, [JobHost.File("note.txt", "abba"u8.ToArray())], Token);
        var result = await host.RunAsync(record);

        Assert.Equal(method, result.Fusion!.Method);
        Assert.Equal(1, result.Fusion.Weights![Modality.Text]);
    }

    [Theory]
    [InlineData("gated")]
    [InlineData("magic")]
    public async Task SubmitAsync_MethodThatThePipelineLacks_IsRefusedWithThoseThatItHas(string method)
    {
        using var host = new JobHost();

        var e = await Assert.ThrowsAsync<JobOptionsException>(() => host.Get<JobSubmission>().SubmitAsync(
            JobHost.Job, new JobOptions { Fusion = method }, [JobHost.File("note.txt", "abba"u8.ToArray())], Token));

        Assert.Contains("it can by: weighted, confidence-weighted.", e.Message, StringComparison.Ordinal);
        Assert.Throws<JobOptionsException>(() => host.Get<JobManifests>().Parse(System.Text.Encoding.UTF8.GetBytes($$"""{ "fusion": "{{method}}" }""")));
    }

    [Fact]
    public async Task SubmitAsync_TooLargeFile_IsRefusedUnread()
    {
        using var host = new JobHost(new InputLimits { MaximumBytes = 10 });
        var giant = new JobFile("giant.txt", 11, _ => throw new InvalidOperationException("It must not be read."));

        await host.Get<JobSubmission>().SubmitAsync(JobHost.Job, new JobOptions(), [giant], Token);

        var receipt = await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "giant.txt", Token);
        Assert.Equal(InputErrorCodes.TooLarge, receipt!.Error!.Code);
        Assert.Null(await host.Blobs.FindAsync(JobPaths.Upload(JobHost.Job, "giant.txt"), Token));
    }

    [Fact]
    public async Task SubmitAsync_FileLargerThanItSays_IsRefused()
    {
        using var host = new JobHost(new InputLimits { MaximumBytes = 10 });
        var grown = JobHost.File("grown.txt", "eleven byte"u8.ToArray()) with { Length = 10 };

        await host.Get<JobSubmission>().SubmitAsync(JobHost.Job, new JobOptions(), [grown], Token);

        var receipt = await host.Get<InputStore>().FindReceiptAsync(JobHost.Job, "grown.txt", Token);
        Assert.Equal(InputErrorCodes.TooLarge, receipt!.Error!.Code);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a\\b.txt")]
    [InlineData("a\nb.txt")]
    [InlineData("job.json")]
    public async Task SubmitAsync_BadName_IsRefusedUnderACleanOne(string name)
    {
        using var host = new JobHost();

        var record = await host.SubmitAsync((name, "a"), ("good.txt", "b"));
        var result = await host.RunAsync(record);

        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        var refused = Assert.Single(result.Inputs, input => input.State == InputState.Refused);
        Assert.Null(InputName.FindFault(refused.Name));
        Assert.Equal(InputErrorCodes.BadName, refused.Error!.Code);
    }

    [Fact]
    public async Task SubmitAsync_SameContentAgain_KeepsVersionAndFeatures()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("note.txt", "abc"));
        await host.RunAsync(record);
        var before = await host.Get<InputStore>().FindUploadAsync(JobHost.Job, "note.txt", Token);

        var again = await host.SubmitAsync(("note.txt", "abc"));
        var result = await host.RunAsync(again);

        Assert.Equal(2, again.Revision);
        Assert.Equal(before, await host.Get<InputStore>().FindUploadAsync(JobHost.Job, "note.txt", Token));
        Assert.Equal(1, host.Models.Encoded);
        Assert.Equal(2, result.Revision);
    }

    [Fact]
    public async Task UploadAsync_SameContentManyTimesAtOnce_IsOneVersion()
    {
        using var host = new JobHost();
        using var all = new Barrier(4);
        host.Store.Before = operation => operation <= 4 ? Task.Run(() => all.SignalAndWait(Token), Token) : Task.CompletedTask;

        var stored = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => host.Get<InputStore>().UploadAsync(JobHost.Job, "a.txt", "a"u8.ToArray(), Token).AsTask()));

        Assert.Single(stored.Distinct());
    }

    [Fact]
    public async Task SubmitAsync_OpenJob_GoesOnWithItsRevision()
    {
        using var host = new JobHost();

        await host.SubmitAsync(("note.txt", "abc"));
        var again = await host.SubmitAsync(("note.txt", "abc"));

        Assert.Equal(1, again.Revision);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(1, 1e9)]
    [InlineData(double.NaN, 10)]
    public async Task SubmitAsync_OptionOutOfRange_Throws(double quiet, double deadline)
    {
        using var host = new JobHost();

        await Assert.ThrowsAsync<JobOptionsException>(() => host.Get<JobSubmission>().SubmitAsync(
            JobHost.Job, new JobOptions { QuietSeconds = quiet, DeadlineSeconds = deadline }, [], Token));
    }

    [Theory]
    [InlineData("""{"priority":"bulk"}""", RequestPriority.Bulk)]
    [InlineData("""{"priority":"interactive"}""", RequestPriority.Interactive)]
    [InlineData("{}", RequestPriority.Interactive)]
    public void Parse_Priority_IsRead(string json, RequestPriority expected)
    {
        using var host = new JobHost();

        Assert.Equal(expected, host.Get<JobManifests>().Parse(Encoding.UTF8.GetBytes(json)).Priority);
    }

    [Theory]
    [InlineData("""{"priority":"urgent"}""")]
    [InlineData("""{"priority":7}""")]
    public void Parse_PriorityThatIsNone_IsRefused(string json)
    {
        using var host = new JobHost();

        Assert.Contains(
            "priority",
            Assert.Throws<JobOptionsException>(() => host.Get<JobManifests>().Parse(Encoding.UTF8.GetBytes(json))).Message,
            StringComparison.Ordinal);
    }
}
