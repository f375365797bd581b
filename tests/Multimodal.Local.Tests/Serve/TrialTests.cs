using Multimodal.Testing.Azurite;
using Multimodal.Trials.Kill;
using Multimodal.Trials.Load;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Serve;

/// <summary>Short forms of the trials in <c>tests/Multimodal.Trials</c>.</summary>
public sealed class TrialTests(AzuriteFixture azurite)
{
    private static readonly KillTrialSettings Kills = new() { Jobs = 24, Kills = 6, LongestLife = TimeSpan.FromSeconds(5), DeadlineSeconds = 15, Seed = 3 };

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
    public async Task Load_ManyClients_EveryJobGetsItsOneResult()
    {
        await using var storage = new FolderStorage();

        var report = await new LoadTrial(storage, new LoadTrialSettings { Clients = 20, Jobs = 100 }, _ => { }).RunAsync(Token);

        Assert.Equal((0, 0, 0, 0), (report.Lost, report.Wrong, report.Misannounced, report.RepeatedPublications));
        Assert.True(report.JobsPerSecond > 0 && report.EncodersJobsPerSecond > report.JobsPerSecond);
    }

    private static void AssertSound(KillReport report)
    {
        Assert.Empty(report.Lost);
        Assert.Empty(report.Open);
        Assert.Empty(report.Wrong);
        Assert.Empty(report.Misannounced);
        Assert.Equal(Kills.Jobs, report.AcceptedAsUploads + report.AcceptedOverHttp + report.CutOff);
    }
}
