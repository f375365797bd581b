using Multimodal.Testing.Audio;
using Multimodal.Testing.Azurite;
using Multimodal.Trials.Batches;
using Multimodal.Trials.Faults;
using Multimodal.Trials.Fuzz;
using Multimodal.Trials.Kill;
using Multimodal.Trials.Listing;
using Multimodal.Trials.Load;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Serve;

/// <summary>Short forms of the trials in <c>tests/Multimodal.Trials</c>.</summary>
public sealed class TrialTests(AzuriteFixture azurite)
{
    private static readonly KillTrialSettings Kills = new() { Jobs = 24, Kills = 6, LongestLife = TimeSpan.FromSeconds(5), DeadlineSeconds = 15, Seed = 3 };

    private static readonly BatchTrialSettings Batches = new() { Jobs = 60, Kills = 1, MaximumOpenJobs = 20 };

    private static readonly FaultTrialSettings Faults = new() { Jobs = 60, Seed = 7 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMomentsOnAFolder_LosesNoJobAndDoublesNone()
    {
        await using var storage = new FolderStorage();

        AssertSound(await new KillTrial(storage, Kills, _ => { }).RunAsync(Token));
    }

    [Fact]
    public async Task Kill_AtRandomMomentsOnAStorageAccount_LosesNoJobAndDoublesNone()
    {
        await using var storage = new AccountStorage(await azurite.CreateAccountAsync());
        await storage.CreateAsync(Token);

        AssertSound(await new KillTrial(storage, Kills, _ => { }).RunAsync(Token));
    }

    [Fact]
    public async Task Faults_InTheCallsToAFolder_LoseNoJobAndDoubleNone()
    {
        await using var storage = new FolderStorage();

        AssertSound(await new FaultTrial(new FaultyFolder(storage), Faults, _ => { }).RunAsync(Token));
    }

    [Fact]
    public async Task Faults_InTheRequestsToAStorageAccount_LoseNoJobAndDoubleNone()
    {
        await using var storage = new AccountStorage(await azurite.CreateAccountAsync());
        await storage.CreateAsync(Token);

        AssertSound(await new FaultTrial(new FaultyAccount(storage), Faults with { Jobs = 30 }, _ => { }).RunAsync(Token));
    }

    [Fact]
    public async Task Batch_KilledInTheMiddleOnAFolder_GivesEveryBlobItsOneResult()
    {
        await using var storage = new FolderStorage();

        AssertSound(await new BatchTrial(storage, Batches, _ => { }).RunAsync(Token));
    }

    [Fact]
    public async Task Batch_KilledInTheMiddleOnAStorageAccount_GivesEveryBlobItsOneResult()
    {
        await using var storage = new AccountStorage(await azurite.CreateAccountAsync());
        await storage.CreateAsync(Token);

        AssertSound(await new BatchTrial(storage, Batches, _ => { }).RunAsync(Token));
    }

    [Fact]
    public async Task Listing_PageByPage_GivesEveryBlobOnce_AndGoesOnInTheMiddle()
    {
        await using var storage = new FolderStorage();

        var report = await new ListingTrial(storage, 11_000, _ => { }).RunAsync(Token);

        Assert.Equal((true, 3), (report.IsSound, report.Pages));
    }

    [Fact]
    public async Task Load_ManyClients_EveryJobGetsItsOneResult()
    {
        await using var storage = new FolderStorage();

        var report = await new LoadTrial(storage, new LoadTrialSettings { Clients = 20, Jobs = 100 }, _ => { }).RunAsync(Token);

        Assert.Equal((0, 0, 0, 0), (report.Lost, report.Wrong, report.Misannounced, report.RepeatedPublications));
        Assert.True(report.JobsPerSecond > 0 && report.EncodersJobsPerSecond > report.JobsPerSecond);
    }

    [Fact]
    public void Fuzz_EveryFormat_IsReadOrRefusedInTime()
    {
        var report = new FuzzTrial(new FuzzTrialSettings { Mutations = 100 }, _ => { }).Run(Token);

        Assert.Empty(report.Failures);
        Assert.Equal(report.Mutations, report.Succeeded + report.Refused);
        Assert.True(report.Succeeded > 0 && report.Refused > 0);
        string[] expected =
        [
            "jpeg", "png", "png-16", "png-palette", "png-alpha", "webp", "gif", "tiff", "bmp", "avif", "wav", "utf-8", "utf-16", "shift_jis", "html", "json",
            "subtitles", "markdown", .. FFmpegTool.IsPresent ? AudioFormat.All.Keys : [],
        ];
        Assert.Empty(expected.Except(report.Formats.Select(row => row.Format)));
        Assert.Equal(
            ["audio", "characters", "glyph", "image", "log-mel", "tokens"],
            report.Formats.Select(row => row.Kind).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fuzz_OneFormat_RunsTheSameMutationAgain()
    {
        var settings = new FuzzTrialSettings { Mutations = 1, Only = "gif", Seed = 1234 };

        var (once, again) = (new FuzzTrial(settings, _ => { }).Run(Token), new FuzzTrial(settings, _ => { }).Run(Token));

        Assert.Equal(["glyph", "image"], once.Formats.Select(row => row.Kind).Order(StringComparer.Ordinal));
        Assert.Equal((once.Mutations, once.Succeeded, once.Refused), (again.Mutations, again.Succeeded, again.Refused));
        Assert.Throws<ArgumentException>(() => new FuzzTrial(settings with { Only = "gift" }, _ => { }).Run(Token));
    }

    private static void AssertSound(BatchReport report)
    {
        Assert.Equal((0, 0, 0, 0, 0), (report.Lost, report.Twice, report.Unknown, report.Wrong, report.Misannounced));
        Assert.True(report.CountsAreRight, report.Counts.ToString());
        Assert.InRange(report.MostOpen, 1, 20);
    }

    private static void AssertSound(KillReport report)
    {
        Assert.Empty(report.Lost);
        Assert.Empty(report.Open);
        Assert.Empty(report.Wrong);
        Assert.Empty(report.Misannounced);
        Assert.Equal(Kills.Jobs, report.AcceptedAsUploads + report.AcceptedOverHttp + report.CutOff);
    }

    private static void AssertSound(FaultReport report)
    {
        Assert.Empty(report.Lost);
        Assert.Empty(report.Wrong);
        Assert.Empty(report.Misannounced);
        Assert.InRange(report.Faults.Values.Sum(), report.Calls * 0.03, report.Calls * 0.07);
        Assert.All(report.Faults.Values, count => Assert.True(count > 0));
    }
}
