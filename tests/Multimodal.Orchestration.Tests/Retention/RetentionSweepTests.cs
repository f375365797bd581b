using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Retention;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Tests.Retention;

public sealed class RetentionSweepTests
{
    private static readonly RetentionOptions Periods = new()
    {
        UploadDays = 30, FeatureDays = 7, EmbeddingDays = 14, QuarantineDays = 21, TombstoneDays = 28,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(6.9, "uploads embeddings inputs features quarantine results")]
    [InlineData(7.1, "uploads embeddings inputs quarantine results")]
    [InlineData(14.1, "uploads inputs quarantine results")]
    [InlineData(21.1, "uploads inputs results")]
    [InlineData(30.1, "results")]
    public async Task Run_ClosedJob_DeletesEachKindAfterItsDays(double days, string left)
    {
        using var host = new JobHost(retention: Periods);
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a"), ("bad.bin", "\0\0")));

        host.Time.Advance(TimeSpan.FromDays(days));
        await host.Get<RetentionSweep>().RunAsync(Token);

        var containers = (await host.ListAsync()).Select(name => name.Split('/')[0]).Distinct().Where(name => name != "jobs");
        Assert.Equal(left.Split(' ').Order(StringComparer.Ordinal), containers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_OpenJob_LeavesWhatItNeedsHoweverOld()
    {
        using var host = new JobHost(retention: Periods);
        await host.SubmitAsync(("a.txt", "a"), ("bad.bin", "\0\0"));
        var before = await host.ListAsync();

        host.Time.Advance(TimeSpan.FromDays(400));
        var report = await host.Get<RetentionSweep>().RunAsync(Token);

        Assert.Equal(before, await host.ListAsync());
        Assert.Equal(new SweepReport(0, 0, 0, 0, 0, 0), report);
    }

    [Fact]
    public async Task Run_ResultPastItsDays_GoesAndItsJobStays()
    {
        using var host = new JobHost(retention: Periods with { ResultDays = 60 });
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a")));

        host.Time.Advance(TimeSpan.FromDays(59.9));
        Assert.Equal(0, (await host.Get<RetentionSweep>().RunAsync(Token)).Results);
        host.Time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(2, (await host.Get<RetentionSweep>().RunAsync(Token)).Results);

        Assert.DoesNotContain(await host.ListAsync(), name => name.StartsWith("results/", StringComparison.Ordinal));
        Assert.Equal(JobState.Closed, (await host.RecordAsync()).State);
    }

    [Fact]
    public async Task Run_RecordPastItsDays_TakesAllThatIsLeftOfTheJobWithIt()
    {
        using var host = new JobHost(retention: new RetentionOptions { UploadDays = null, RecordDays = 90 });
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a"), ("bad.bin", "\0\0")));
        await host.UploadAsync("another/a.txt", "a");

        host.Time.Advance(TimeSpan.FromDays(89.9));
        Assert.Equal(0, (await host.Get<RetentionSweep>().RunAsync(Token)).Jobs);
        host.Time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, (await host.Get<RetentionSweep>().RunAsync(Token)).Jobs);

        Assert.Equal(["uploads/another/a.txt"], await host.ListAsync());
        Assert.Equal(1, (await host.SubmitAsync(("a.txt", "a"))).Revision);
    }

    [Fact]
    public async Task Run_RecordOfAnOpenJob_StaysHoweverOld()
    {
        using var host = new JobHost(retention: new RetentionOptions { RecordDays = 1, ResultDays = 1 });
        await host.SubmitAsync(("a.txt", "a"));
        var before = await host.ListAsync();

        host.Time.Advance(TimeSpan.FromDays(400));
        await host.Get<RetentionSweep>().RunAsync(Token);

        Assert.Equal(before, await host.ListAsync());
    }

    [Fact]
    public async Task Run_PeriodNull_KeepsForGood()
    {
        using var host = new JobHost(retention: Periods with { UploadDays = null });
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a")));

        host.Time.Advance(TimeSpan.FromDays(4000));
        await host.Get<RetentionSweep>().RunAsync(Token);

        Assert.Contains("uploads/a-job/a.txt", await host.ListAsync());
    }

    [Fact]
    public async Task Run_UploadWithoutAJob_GoesByItsAge()
    {
        using var host = new JobHost(retention: Periods);
        await host.UploadAsync("nobody.txt", "a");
        await host.UploadAsync("a-job/never-told-of.txt", "a");

        host.Time.Advance(TimeSpan.FromDays(31));
        var report = await host.Get<RetentionSweep>().RunAsync(Token);

        Assert.Equal(2, report.Uploads);
        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Run_TombstonePastItsTime_IsDeleted()
    {
        using var host = new JobHost(retention: Periods);
        await host.SubmitAsync(("a.txt", "a"));
        await host.Get<JobAdministration>().EraseAsync(JobHost.Job, Token);

        host.Time.Advance(TimeSpan.FromDays(27.9));
        Assert.Equal(0, (await host.Get<RetentionSweep>().RunAsync(Token)).Tombstones);
        host.Time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, (await host.Get<RetentionSweep>().RunAsync(Token)).Tombstones);

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Run_AfterRetention_TheJobCanRunAgainFromItsUploads()
    {
        using var host = new JobHost(retention: Periods);
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a")));
        host.Time.Advance(TimeSpan.FromDays(22));
        await host.Get<RetentionSweep>().RunAsync(Token);

        var record = await host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token);

        Assert.Equal(JobOutcomeStatus.Succeeded, (await host.RunAsync(record)).Status);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(double.NaN, 30)]
    [InlineData(30, 7)]
    public void Validate_PeriodOutOfRange_Throws(double uploads, double tombstones) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RetentionOptions { UploadDays = uploads, TombstoneDays = tombstones }.Validate());
}
