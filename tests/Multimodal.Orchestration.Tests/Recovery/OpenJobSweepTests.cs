using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Recovery;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Recovery;

public sealed class OpenJobSweepTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_StarterDiedAfterTheRecord_StartsTheJob()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "a"));
        Assert.Empty(host.Engine.Started);

        host.Time.Advance(Patience);
        var resumed = await SweepAsync(host);

        Assert.Equal(1, resumed);
        Assert.Equal((JobHost.Job, 1, true), (host.Engine.Started[0].JobId, host.Engine.Started[0].Revision, host.Engine.Started[0].Complete));
    }

    [Fact]
    public async Task Run_OpenForAShortTime_IsLeft()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "a"));

        Assert.Equal(0, await SweepAsync(host));
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Run_NoPatience_ResumesAtOnce()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "a"));

        Assert.Equal(1, await host.Get<OpenJobSweep>().RunAsync(TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Run_StaysOpenThoughResumed_IsResumedEverMoreSeldom()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "a"));
        var minutes = new List<int>();
        for (var minute = 1; minute <= 300; minute++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            if (await SweepAsync(host) > 0)
            {
                minutes.Add(minute);
            }
        }

        Assert.Equal([2, 6, 14, 30, 62, 122, 182, 242], minutes);
    }

    [Fact]
    public async Task Run_ClosedJob_HasNoMark()
    {
        using var host = new JobHost();
        await host.RunAsync(await host.SubmitAsync(("a.txt", "a")));
        host.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await SweepAsync(host));
        Assert.DoesNotContain(await host.ListAsync(), name => name.StartsWith("open/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NextRevisionOpenedWhileTheOneBeforeCloses_IsFoundOpen()
    {
        using var host = new JobHost();
        var first = await host.SubmitAsync(("a.txt", "a"));
        await host.RunAsync(first);
        await host.Get<JobAdministration>().RerunAsync(JobHost.Job, Token);
        host.Engine.Started.Clear();

        // The close of the first revision comes again, late.
        await host.Get<OpenMarks>().RemoveAsync(JobHost.Job, 1, Token);
        host.Time.Advance(Patience);

        Assert.Equal(1, await SweepAsync(host));
        Assert.Equal(2, host.Engine.Started[0].Revision);
    }

    [Fact]
    public async Task Run_MarkWhoseRecordNeverCame_GoesAfterAWhile()
    {
        using var host = new JobHost();
        await host.Get<OpenMarks>().PlaceAsync(JobHost.Job, 1, Token);

        host.Time.Advance(Patience);
        await SweepAsync(host);
        Assert.Equal(["open/a-job/1"], await host.ListAsync());
        host.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync(host);

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Run_OneJobFails_ResumesTheOthers()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "a"));
        foreach (var job in new[] { "b-job", "c-job" }.Select(JobId.Parse))
        {
            await host.Get<JobSubmission>().SubmitAsync(job, new JobOptions(), [JobHost.File("a.txt", "a"u8.ToArray())], Token);
        }

        host.Time.Advance(Patience);
        host.Store.Unreadable[JobPaths.Record(JobId.Parse("b-job"))] = int.MaxValue;

        Assert.Equal(2, await SweepAsync(host));
    }

    private static Task<int> SweepAsync(JobHost host) => host.Get<OpenJobSweep>().RunAsync(Patience, Token);
}
