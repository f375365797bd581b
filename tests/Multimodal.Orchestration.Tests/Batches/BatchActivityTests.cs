using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Batches;

public sealed class BatchActivityTests : IDisposable
{
    private readonly BatchHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task TakeIn_Folders_StartsAJobForEach_ThatItsEventsLeaveAlone()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.PutAsync("in/one/b.txt", "more words");
        await _host.PutAsync("in/two/a.txt");
        await _host.SubmitAsync();

        var report = await _host.TakeInAsync();

        Assert.Equal((2, 0, 0, true), (report.Started, report.Skipped, report.Refused, report.Listed));
        Assert.Equal(["b.one", "b.two"], _host.Jobs.Engine.Started.Select(request => request.JobId.Value).Order());
        Assert.All(_host.Jobs.Engine.Started, request => Assert.True(request.Complete));
        await _host.Jobs.Get<UploadEvents>().OnUploadAsync("b.one/a.txt", Token);
        Assert.Null(await _host.Jobs.Get<InputStore>().FindReceiptAsync(JobId.Parse("b.one"), "a.txt", Token));

        await _host.RunJobsAsync();
        await _host.LookAsync();

        var record = await _host.RecordAsync();
        Assert.Equal(BatchState.Completed, record.State);
        Assert.Equal(new BatchCounts { Listed = 3, Started = 2, Succeeded = 2 }, record.Counts);
        var result = await _host.Jobs.Blobs.ReadJsonAsync(JobPaths.Result(JobId.Parse("b.one")), PipelineJson.Default.JobResult, Token);
        Assert.Equal(["a.txt", "b.txt"], result!.Value.Value.Inputs.Select(input => input.Name));
        Assert.Equal(1, result.Value.Value.Revision);
    }

    [Fact]
    public async Task UploadEvent_NothingBecameOfACopyForLong_TakesItIn()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();
        await _host.TakeInAsync();

        _host.Jobs.Time.Advance(TimeSpan.FromMinutes(1));
        await _host.Jobs.Get<UploadEvents>().OnUploadAsync("b.one/a.txt", Token);

        Assert.NotNull(await _host.Jobs.Get<InputStore>().FindReceiptAsync(JobId.Parse("b.one"), "a.txt", Token));
    }

    [Fact]
    public async Task TakeIn_ManyPages_GoesOnWhereItWas()
    {
        for (var i = 0; i < 25; i++)
        {
            await _host.PutAsync($"in/f{i:d2}/a.txt");
        }

        await _host.SubmitAsync();
        Assert.Equal((10, false), (await _host.TakeInAsync()) is var first ? (first.Started, first.Listed) : default);
        Assert.Equal((10, false), (await _host.TakeInAsync()) is var second ? (second.Started, second.Listed) : default);
        Assert.Equal((5, true), (await _host.TakeInAsync()) is var third ? (third.Started, third.Listed) : default);

        Assert.Equal(0, (await _host.TakeInAsync()).Started);
        Assert.Equal(25, (await _host.RecordAsync()).Counts.Started);
        Assert.Equal(25, _host.Jobs.Engine.Started.DistinctBy(request => request.JobId).Count());
    }

    [Fact]
    public async Task TakeIn_DiedAfterAnyOperation_IsTakenUpAndMakesNothingTwice()
    {
        var operations = 0;
        for (var dies = 1; dies == 1 || dies <= operations; dies++)
        {
            using var host = new BatchHost();
            foreach (var name in new[] { "in/one/a.txt", "in/one/b.txt", "in/two/a.txt" })
            {
                await host.PutAsync(name);
            }

            await host.SubmitAsync();
            var begun = host.Jobs.Store.Operations;
            host.Jobs.Store.Before = number =>
            {
                host.Jobs.Store.DiesAfter |= number - begun >= dies;
                return Task.CompletedTask;
            };
            try
            {
                await host.TakeInAsync();
                operations = Math.Max(operations, host.Jobs.Store.Operations - begun);
            }
            catch (IOException)
            {
                operations = Math.Max(operations, 30);
            }
            catch (Orchestration.Batches.Taking.BatchPageException)
            {
                operations = Math.Max(operations, 30);
            }

            using var next = new BatchHost(host);
            await next.RunToItsEndAsync();

            var record = await next.RecordAsync();
            Assert.Equal(BatchState.Completed, record.State);
            Assert.Equal(new BatchCounts { Listed = 3, Started = 2, Succeeded = 2 }, record.Counts);
            Assert.Equal(["b.one/1", "b.two/1"], next.Jobs.Publisher.Messages.Concat(host.Jobs.Publisher.Messages).Select(message => message.Id).Distinct().Order());
        }

        Assert.InRange(operations, 15, 60);
    }

    [Fact]
    public async Task TakeIn_JobClosedByItsDeadlineBeforeItsFilesWereCopied_RunsAgainOverThem()
    {
        await _host.PutAsync("in/one/a.txt");
        var batch = await _host.SubmitAsync();
        await _host.Jobs.Get<JobStarter>().EnsureRecordAsync(
            JobId.Parse("b.one"), new JobOptions { Inputs = ["a.txt"] }, manifestETag: null, batch.Run, Token);
        await _host.RunJobsAsync();
        Assert.Equal(JobState.Closed, (await _host.Jobs.Get<JobRecords>().GetAsync(JobId.Parse("b.one"), Token)).State);

        await _host.RunToItsEndAsync();

        var record = await _host.Jobs.Get<JobRecords>().GetAsync(JobId.Parse("b.one"), Token);
        Assert.Equal((2, JobOutcomeStatus.Succeeded), (record.Revision, record.Outcome!.Value));
        Assert.Equal(1, (await _host.RecordAsync()).Counts.Succeeded);
    }

    [Fact]
    public async Task TakeIn_JobsOfAnEarlierBatchOfThatId_AreSkipped()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();
        await _host.RunToItsEndAsync();
        await _host.Batches.StopAsync(BatchHost.Batch, Token);
        await _host.PutAsync("in/two/a.txt");
        _host.Jobs.Time.Advance(TimeSpan.FromSeconds(1));

        await _host.SubmitAsync();
        await _host.RunToItsEndAsync();

        Assert.Equal(new BatchCounts { Listed = 2, Started = 1, Skipped = 1, Succeeded = 1 }, (await _host.RecordAsync()).Counts);
        Assert.Equal(1, (await _host.Jobs.Get<JobRecords>().GetAsync(JobId.Parse("b.one"), Token)).Revision);
    }

    [Fact]
    public async Task TakeIn_WhatIsBad_IsRefusedWithItsReason_AndLosesNothingElse()
    {
        await _host.PutAsync("in/loose.txt");
        await _host.PutAsync("in/one/a.txt");
        await _host.PutAsync("in/one/deep/b.txt");
        await _host.PutAsync("in/options/a.txt");
        await _host.PutAsync("in/options/job.json", """{ "pipeline": "nowhere" }""");
        await _host.PutAsync("in/three/a.txt");
        await _host.SubmitAsync();

        await _host.RunToItsEndAsync();

        var record = await _host.RecordAsync();
        Assert.Equal(new BatchCounts { Listed = 6, Started = 2, Refused = 3, Succeeded = 1, Partial = 1 }, record.Counts);
        Assert.Equal(
            [("in/loose.txt", BatchCodes.Misplaced), ("in/options", BatchCodes.BadOptions)],
            record.Refusals.Where(refusal => !refusal.Name.StartsWith("in/one", StringComparison.Ordinal)).Select(refusal => (refusal.Name, refusal.Code)));
        Assert.Contains(record.Refusals, refusal => refusal.Name.StartsWith("in/one/", StringComparison.Ordinal) && refusal.Code == BatchCodes.Misplaced);
        Assert.Contains("no such pipeline", record.Refusals.Single(refusal => refusal.Name == "in/options").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeIn_FolderWithOptionsOfItsOwn_GoesByThem()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.PutAsync("in/one/job.json", """{ "deadlineSeconds": 77 }""");
        await _host.PutAsync("in/two/a.txt");
        await _host.SubmitAsync(batch => batch with { Options = batch.Options with { DeadlineSeconds = 33 } });

        await _host.TakeInAsync();

        Assert.Equal(77, (await _host.Jobs.Get<JobRecords>().GetAsync(JobId.Parse("b.one"), Token)).Options.DeadlineSeconds);
        Assert.Equal(33, (await _host.Jobs.Get<JobRecords>().GetAsync(JobId.Parse("b.two"), Token)).Options.DeadlineSeconds);
    }

    [Fact]
    public async Task TakeIn_ManyRefusals_AreCountedAndSomeKept()
    {
        for (var i = 0; i < BatchRecord.MostRefusals + 20; i++)
        {
            await _host.PutAsync($"in/loose-{i:d4}.txt");
        }

        await _host.SubmitAsync();
        await _host.RunToItsEndAsync();

        var record = await _host.RecordAsync();
        Assert.Equal(BatchRecord.MostRefusals + 20, record.Counts.Refused);
        Assert.Equal(BatchRecord.MostRefusals, record.Refusals.Count);
    }

    [Fact]
    public async Task TakeIn_OneThatAlwaysFails_IsRefusedWhereLeniencyIsAskedFor()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.PutAsync("in/two/a.txt");
        await _host.PutAsync("in/two/job.json", "{}");
        await _host.SubmitAsync();
        _host.Jobs.Store.Unreadable[new BlobPath(Containers.Bulk, "in/two/job.json")] = 5;

        await Assert.ThrowsAsync<Orchestration.Batches.Taking.BatchPageException>(() => _host.TakeInAsync());
        Assert.Equal(0, (await _host.RecordAsync()).Counts.Started);
        await _host.TakeInAsync(lenient: true);

        var record = await _host.RecordAsync();
        Assert.Equal((1, 1), (record.Counts.Started, record.Counts.Refused));
        Assert.Equal(("in/two", BatchCodes.Failed), (record.Refusals[0].Name, record.Refusals[0].Code));
    }

    [Fact]
    public async Task TakeIn_EverythingFails_IsNobodysFault_HoweverLenient()
    {
        await _host.PutAsync("in/two/a.txt");
        await _host.PutAsync("in/two/job.json", "{}");
        await _host.SubmitAsync();
        _host.Jobs.Store.Unreadable[new BlobPath(Containers.Bulk, "in/two/job.json")] = 5;

        await Assert.ThrowsAsync<Orchestration.Batches.Taking.BatchPageException>(() => _host.TakeInAsync(lenient: true));
        Assert.Equal(0, (await _host.RecordAsync()).Counts.Refused);
    }

    [Fact]
    public async Task TakeIn_ErasedJob_IsNotWrittenBack()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();
        await _host.Jobs.Get<Tombstones>().PlaceAsync(JobId.Parse("b.one"), TimeSpan.FromDays(30), Token);

        await _host.RunToItsEndAsync();

        var record = await _host.RecordAsync();
        Assert.Equal(BatchCodes.Erased, Assert.Single(record.Refusals).Code);
        Assert.DoesNotContain(await _host.Jobs.ListAsync(), name => name.Contains("b.one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_AtTheLimitOfOpenJobs_LetsNoneInUntilSomeAreClosed()
    {
        for (var i = 0; i < 30; i++)
        {
            await _host.PutAsync($"in/f{i:d2}/a.txt");
        }

        await _host.SubmitAsync(batch => batch with { MaximumOpenJobs = 20 });
        Assert.Equal(20, (await _host.LookAsync()).Jobs);
        await _host.TakeInAsync(20);
        Assert.Equal(0, (await _host.LookAsync()).Jobs);

        await _host.RunJobsAsync();
        var look = await _host.LookAsync();

        Assert.Equal((20, 20), (look.Jobs, look.Closed));
        Assert.Equal(20, (await _host.RecordAsync()).Counts.Succeeded);
    }

    [Fact]
    public async Task Look_Rate_BoundsPages()
    {
        await _host.SubmitAsync(batch => batch with { JobsPerSecond = 3 });

        var look = await _host.LookAsync();

        Assert.Equal((15, 3.0), (look.Jobs, look.JobsPerSecond));
    }

    [Fact]
    public async Task Look_JobErased_IsCountedAsSuch()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();
        await _host.TakeInAsync();
        await _host.Jobs.Get<Orchestration.Administration.JobAdministration>().EraseAsync(JobId.Parse("b.one"), Token);

        await _host.LookAsync();

        Assert.Equal((BatchState.Completed, 1L), ((await _host.RecordAsync()).State, (await _host.RecordAsync()).Counts.Erased));
    }

    [Fact]
    public async Task Look_JobClosedByAProcessThatDiedBeforeItsMarkWent_IsSeenAllTheSame()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();
        await _host.TakeInAsync();
        await _host.RunJobsAsync();
        await _host.Jobs.Get<OpenMarks>().PlaceAsync(JobId.Parse("b.one"), 1, Token);
        Assert.Equal(BatchState.Running, (await _host.LookAsync()).State);

        _host.Jobs.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(BatchState.Completed, (await _host.LookAsync()).State);
        Assert.Equal(1, (await _host.RecordAsync()).Counts.Succeeded);
    }

    [Fact]
    public async Task Look_Trouble_IsNotedUntilAPageGoesWell()
    {
        await _host.PutAsync("in/one/a.txt");
        await _host.SubmitAsync();

        await _host.LookAsync("The store is out of reach.");
        Assert.Equal("The store is out of reach.", (await _host.RecordAsync()).Trouble);
        await _host.TakeInAsync();

        Assert.Null((await _host.RecordAsync()).Trouble);
    }
}
