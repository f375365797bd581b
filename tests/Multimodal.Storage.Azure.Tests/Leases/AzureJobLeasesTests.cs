using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Multimodal.Pipeline.Jobs;
using Multimodal.Storage.Azure.Leases;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;

namespace Multimodal.Storage.Azure.Tests.Leases;

public sealed class AzureJobLeasesTests(AzuriteFixture azurite)
{
    private static readonly JobId Job = JobId.Parse("a-job");
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger<AzureJobLeases> _logger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAcquire_Lease_EndsByItselfAfterACrash()
    {
        var storage = await TestStorage.CreateAsync(azurite);

        await using var lease = await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token);

        var properties = (await BlobOf(storage).GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal((LeaseState.Leased, LeaseDurationType.Fixed), (properties.LeaseState, properties.LeaseDuration));
    }

    // What a crash leaves, once the lease has run out.
    [Fact]
    public async Task TryAcquire_BlobLeftWithoutALease_IsTaken()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        await using var crashed = await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token);
        await BreakAsync(storage);

        await using var taken = await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token);

        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Dispose_Lease_LeavesNoTrace()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var lease = await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token);

        await lease!.DisposeAsync();

        Assert.Equal(0, await storage.Clients.Blobs.GetBlobContainerClient(AzureJobLeases.Container).GetBlobsAsync(cancellationToken: Token).CountAsync(Token));
    }

    [Fact]
    public async Task Held_TimePasses_IsRenewed()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var renewals = new SemaphoreSlim(0);
        var requests = new RequestWatch(request => request.Headers.TryGetValue("x-ms-lease-action", out var action) && action == "renew", renewals);
        await using var lease = await CreateLeases(storage.BlobsThrough(requests)).TryAcquireAsync(Job, Token);

        for (var renewal = 0; renewal < 3; renewal++)
        {
            Assert.Equal(0, renewals.CurrentCount);
            _time.Advance(AzureJobLease.RenewalPeriod);
            Assert.True(await renewals.WaitAsync(TimeSpan.FromSeconds(20), Token));
        }
    }

    [Fact]
    public async Task Held_LostToAnother_IsLoggedAndStaysTheOthers()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var lost = await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token);
        await BreakAsync(storage);
        await using var taken = await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token);

        _time.Advance(AzureJobLease.RenewalPeriod);
        var (level, message) = await _logger.NextAsync(Token);
        await lost!.DisposeAsync();

        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("a-job", message, StringComparison.Ordinal);
        Assert.Null(await CreateLeases(storage.Clients.Blobs).TryAcquireAsync(Job, Token));
    }

    [Fact]
    public async Task Held_RenewalFails_IsTriedAgain()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var (failing, renewals) = (true, new SemaphoreSlim(0));
        var requests = new RequestWatch(
            request => request.Headers.TryGetValue("x-ms-lease-action", out var action) && action == "renew"
                && (failing ? throw new IOException("The service cannot be reached.") : true),
            renewals);
        await using var lease = await CreateLeases(storage.BlobsThrough(requests)).TryAcquireAsync(Job, Token);

        _time.Advance(AzureJobLease.RenewalPeriod);
        Assert.Equal(LogLevel.Warning, (await _logger.NextAsync(Token)).Level);
        failing = false;
        _time.Advance(AzureJobLease.RenewalPeriod);

        Assert.True(await renewals.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Dispose_ServiceUnreachable_IsLoggedOnly()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var requests = new RequestWatch(
            request => request.Method == RequestMethod.Delete ? throw new IOException("The service cannot be reached.") : false, new SemaphoreSlim(0));
        var lease = await CreateLeases(storage.BlobsThrough(requests)).TryAcquireAsync(Job, Token);

        await lease!.DisposeAsync();

        Assert.Equal(LogLevel.Warning, (await _logger.NextAsync(Token)).Level);
    }

    private static BlobClient BlobOf(TestStorage storage) =>
        storage.Clients.Blobs.GetBlobContainerClient(AzureJobLeases.Container).GetBlobClient(Job.Value);

    private static async Task BreakAsync(TestStorage storage) =>
        await BlobOf(storage).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);

    private AzureJobLeases CreateLeases(BlobServiceClient blobs) => new(blobs, _time, _logger);
}
