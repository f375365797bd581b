using Multimodal.Orchestration.Hosting;
using Multimodal.Testing;
using Multimodal.Testing.Azurite;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Serve;

/// <summary>The service on a storage account.</summary>
public sealed class AccountTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_Blobs_BecomeOneJobWithItsResultAndOneMessage()
    {
        await using var storage = await CreateAsync();
        await using var service = Start(storage);
        await service.Address;
        var sample = SampleFiles.ReadAll()[0];

        await storage.UploadAsync("uploaded/job.json", """{ "quietSeconds": 1 }"""u8.ToArray(), Token);
        foreach (var (name, content) in sample.Files)
        {
            await storage.UploadAsync($"uploaded/{name}", content, Token);
        }

        await ServeTestHost.UntilAsync(async () => (await StoredOutcome.ReadAsync(storage.Blobs, "uploaded", Token)).IsDone);
        Assert.Equal(sample.Label, (await StoredOutcome.ReadAsync(storage.Blobs, "uploaded", Token)).Label);
        Assert.Equal(["uploaded/1"], await storage.ReadMessageIdsAsync(Token));
    }

    [Fact]
    public async Task Start_AccountOfAFunctionsApp_IsRefusedUnlessTakenOver()
    {
        await using var storage = await CreateAsync();
        var claim = new HostClaim(storage.Blobs, TimeProvider.System);
        await claim.MakeAsync(HostKinds.Functions, takeOver: false, Token);

        await using (var refused = Start(storage))
        {
            Assert.Equal(ExitCodes.CannotServe, await refused.WaitAsync(Token));
            Assert.Contains(refused.Log, line => line.Contains("--take-over", StringComparison.Ordinal) && line.Contains("functions", StringComparison.Ordinal));
        }

        await using var service = Start(storage, "--take-over");
        await service.Address;
        var e = await Assert.ThrowsAsync<HostConflictException>(() => claim.MakeAsync(HostKinds.Functions, takeOver: false, Token));
        Assert.Equal(HostKinds.Serve, e.Mark!.Kind);
    }

    [Fact]
    public async Task Start_SameKind_SharesTheAccount()
    {
        await using var storage = await CreateAsync();
        await using var first = Start(storage);
        await first.Address;
        await using var second = Start(storage);

        Assert.NotNull(await second.Address);
    }

    [Fact]
    public async Task Start_AccountOutOfReach_SaysSo()
    {
        await using var service = ServeProcess.Start(
            ["--storage", "azure", "--models", TestPaths.Models],
            new Dictionary<string, string>
            {
                ["AZURE_STORAGE_CONNECTION_STRING"] =
                    "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a",
            });

        Assert.Equal(ExitCodes.CannotServe, await service.WaitAsync(Token));
        Assert.Contains(service.Log, line => line.Contains("storage account", StringComparison.Ordinal));
    }

    private static ServeProcess Start(AccountStorage storage, params string[] more) =>
        ServeProcess.Start([.. storage.Arguments, "--poll", "0.3", "--models", TestPaths.Models, .. more], storage.Environment);

    private async Task<AccountStorage> CreateAsync()
    {
        var storage = new AccountStorage(await azurite.CreateAccountAsync());
        await storage.CreateAsync(Token);
        return storage;
    }
}
