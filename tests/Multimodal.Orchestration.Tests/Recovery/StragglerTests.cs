using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Recovery;

public sealed class StragglerTests
{
    private static readonly TimeSpan Patience = new HostSettings().EventPatience;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListInputs_UploadWhoseEventIsLost_IsTakenInAfterItsPatience()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.UploadAsync($"{JobHost.Job}/b.txt", "b");

        var early = await ListAsync(host, record);
        host.Time.Advance(Patience);
        var late = await ListAsync(host, record);

        Assert.Equal((1, 1), (early.Ready, early.Awaited));
        Assert.Equal((2, 0), (late.Ready, late.Awaited));
    }

    [Fact]
    public async Task ListInputs_ReplacedUploadWhoseEventIsLost_IsTakenInAnew()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.UploadAsync($"{JobHost.Job}/a.txt", "bb");
        host.Time.Advance(Patience);

        await ListAsync(host, record);

        var entry = await host.Get<InputStore>().FindUploadAsync(JobHost.Job, "a.txt", Token);
        Assert.Equal(entry!.ETag, (await host.ReceiptAsync("a.txt"))!.Input.ETag);
    }

    [Fact]
    public async Task ListInputs_BadUploadWhoseEventIsLost_IsRefusedLikeAnyOther()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.UploadAsync($"{JobHost.Job}/bad.bin", "\0\0");
        host.Time.Advance(Patience);

        var listing = await ListAsync(host, record);

        Assert.Equal((1, 1, 0), (listing.Ready, listing.Refused, listing.Awaited));
        Assert.Contains("quarantine/a-job/bad.bin.error.json", await host.ListAsync());
    }

    [Fact]
    public async Task ListInputs_TakingInFails_LeavesThatInputAwaitedAndTheOthersWhole()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.UploadAsync($"{JobHost.Job}/b.txt", "b");
        await host.UploadAsync($"{JobHost.Job}/c.txt", "c");
        host.Time.Advance(Patience);
        host.Store.Unreadable[JobPaths.Upload(JobHost.Job, "b.txt")] = int.MaxValue;

        var listing = await ListAsync(host, record);

        Assert.Equal((2, 1), (listing.Ready, listing.Awaited));
    }

    [Fact]
    public async Task ListInputs_UploadThatFailedForGood_IsNotTriedAgain()
    {
        using var host = new JobHost();
        var record = await host.SubmitAsync(("a.txt", "a"));
        await host.UploadAsync($"{JobHost.Job}/b.txt", "b");
        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/b.txt", "it failed", Token);
        host.Time.Advance(Patience);

        var listing = await ListAsync(host, record);

        Assert.Equal((1, 1, 0), (listing.Ready, listing.Refused, listing.Awaited));
        Assert.Equal(InputState.Failed, (await host.ReceiptAsync("b.txt"))!.State);
    }

    private static Task<InputListing> ListAsync(JobHost host, JobRecord record) =>
        host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, record.Revision), Token);
}
