using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Tests.Batches;

public sealed class BatchAdministrationTests : IDisposable
{
    private readonly BatchHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Submit_Twice_IsOneBatch()
    {
        var first = await _host.SubmitAsync();
        _host.Jobs.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await _host.SubmitAsync();

        Assert.Equal(first.StartedAt, second.StartedAt);
        Assert.Equal(["start b", "start b"], _host.Engine.Calls);
    }

    [Fact]
    public async Task Submit_OtherBatchOfThatId_IsAConflict()
    {
        await _host.SubmitAsync();

        var e = await Assert.ThrowsAsync<BatchException>(() => _host.SubmitAsync(batch => batch with { Prefix = "elsewhere/" }));

        Assert.Equal((BatchFault.Conflict, "batch-exists"), (e.Fault, e.Code));
    }

    [Theory]
    [InlineData("uploads")]
    [InlineData("results")]
    [InlineData("elsewhere")]
    [InlineData("../bulk")]
    public async Task Submit_ContainerThatIsNotAllowed_IsRefused(string container)
    {
        var e = await Assert.ThrowsAsync<BatchException>(() => _host.SubmitAsync(batch => batch with { Container = container }));

        Assert.Equal((BatchFault.Bad, "container-not-allowed"), (e.Fault, e.Code));
        Assert.Empty(_host.Engine.Calls);
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(10_001, null, null)]
    [InlineData(1, 0.0, null)]
    [InlineData(1, double.NaN, null)]
    [InlineData(1, 1e9, null)]
    [InlineData(1, null, 0L)]
    public async Task Submit_OutOfRange_IsRefused(int open, double? rate, long? expected) =>
        Assert.Equal("bad-batch", (await Assert.ThrowsAsync<BatchException>(() => _host.SubmitAsync(batch => batch with
        {
            MaximumOpenJobs = open, JobsPerSecond = rate, ExpectedJobs = expected,
        }))).Code);

    [Fact]
    public async Task Submit_OptionsThatCannotBeUsed_AreRefused() =>
        await Assert.ThrowsAsync<JobOptionsException>(() => _host.SubmitAsync(batch => batch with { Options = new JobOptions { Pipeline = "nowhere" } }));

    [Fact]
    public async Task Submit_BadId_IsRefused() =>
        Assert.Equal("bad-batch-id", (await Assert.ThrowsAsync<BatchException>(() => _host.SubmitAsync(id: "a.b"))).Code);

    [Fact]
    public async Task Pause_TakesNothingIn_AndResumeGoesOn()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();

        await _host.Batches.PauseAsync(BatchHost.Batch, Token);
        Assert.Equal((BatchState.Paused, 0), await _host.LookAsync() is var paused ? (paused.State!.Value, paused.Jobs) : default);
        Assert.Equal(0, (await _host.TakeInAsync()).Started);
        await _host.Batches.ResumeAsync(BatchHost.Batch, Token);

        Assert.Equal(1, (await _host.TakeInAsync()).Started);
        Assert.Equal(["start b", "wake b", "wake b", "start b"], _host.Engine.Calls);
    }

    [Fact]
    public async Task Stop_LetsJobsBe_AndOnceMoreForgets()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.PutAsync("in/two/a.txt");
        await _host.SubmitAsync();
        await _host.TakeInAsync(1);

        await _host.Batches.StopAsync(BatchHost.Batch, Token);

        Assert.Equal(0, (await _host.TakeInAsync()).Started);
        Assert.Equal(BatchState.Stopped, (await _host.LookAsync()).State);
        Assert.NotNull((await _host.RecordAsync()).EndedAt);
        await _host.RunJobsAsync();
        Assert.Contains("results/b.one/result.json", await _host.Jobs.ListAsync());
        Assert.Equal("batch-ended", (await Assert.ThrowsAsync<BatchException>(() => _host.Batches.ResumeAsync(BatchHost.Batch, Token))).Code);

        await _host.Batches.StopAsync(BatchHost.Batch, Token);
        Assert.Equal(BatchFault.Missing, (await Assert.ThrowsAsync<BatchException>(() => _host.Batches.GetAsync(BatchHost.Batch, Token))).Fault);
    }

    [Fact]
    public async Task Recover_StartsWhatIsNotOver()
    {
        await _host.SubmitAsync();
        await _host.SubmitAsync(id: "paused");
        await _host.SubmitAsync(id: "stopped");
        await _host.Batches.PauseAsync("paused", Token);
        await _host.Batches.StopAsync("stopped", Token);
        _host.Engine.Calls.Clear();

        Assert.Equal(2, await _host.Batches.RecoverAsync(Token));

        Assert.Equal(["start b", "start paused"], _host.Engine.Calls);
    }

    [Fact]
    public async Task Retention_BatchThatIsOver_IsForgottenInTime()
    {
        await _host.SubmitAsync();
        await _host.SubmitAsync(id: "stopped");
        await _host.Batches.StopAsync("stopped", Token);

        _host.Jobs.Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, (await _host.Jobs.Get<RetentionSweep>().RunAsync(Token)).Batches);
        _host.Jobs.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await _host.Jobs.Get<RetentionSweep>().RunAsync(Token)).Batches);

        Assert.Contains("batches/b.json", await _host.Jobs.ListAsync());
        Assert.DoesNotContain("batches/stopped.json", await _host.Jobs.ListAsync());
    }

    [Theory]
    [InlineData(null, "bulk")]
    [InlineData("", "bulk")]
    [InlineData("archive, scans-2026", "archive,scans-2026")]
    [InlineData("none", "")]
    public void Options_Setting_NamesContainers(string? setting, string expected) =>
        Assert.Equal(expected, string.Join(',', BatchOptions.Read(setting).AllowedContainers));

    [Theory]
    [InlineData("uploads")]
    [InlineData("bulk,jobs")]
    [InlineData("leases")]
    [InlineData("Bulk")]
    [InlineData("../x")]
    [InlineData("a--b")]
    [InlineData("ab")]
    public void Options_OtherNames_AreRefused(string setting) =>
        Assert.Contains("Batches:Containers", Assert.Throws<FormatException>(() => BatchOptions.Read(setting)).Message, StringComparison.Ordinal);
}
