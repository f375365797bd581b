using Azure.Storage.Blobs;
using Multimodal.Pipeline.Composition;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Testing.Azurite;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Erasure;

public sealed class AccountErasureTests(AzuriteFixture azurite) : ErasureConformance, IAsyncLifetime
{
    private AzuriteAccount? _account;

    public async ValueTask InitializeAsync()
    {
        _account = await azurite.CreateAccountAsync();
        await using var storage = new AccountStorage(_account);
        await storage.CreateAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override void UseStorage(MultimodalBuilder builder) =>
        builder.UseAzureStorage(new AzureStorageOptions { ConnectionString = _account!.ConnectionString });

    // Whatever containers there are, that of the leases too.
    protected override async Task<IReadOnlyList<string>> ListAsync()
    {
        var service = new BlobServiceClient(_account!.ConnectionString);
        var names = new List<string>();
        await foreach (var container in service.GetBlobContainersAsync(cancellationToken: Token))
        {
            await foreach (var blob in service.GetBlobContainerClient(container.Name).GetBlobsAsync(cancellationToken: Token))
            {
                names.Add($"{container.Name}/{blob.Name}");
            }
        }

        return names;
    }

    protected override async Task<byte[]> ReadAsync(string name)
    {
        var parts = name.Split('/', 2);
        return (await new BlobContainerClient(_account!.ConnectionString, parts[0]).GetBlobClient(parts[1]).DownloadContentAsync(Token)).Value.Content.ToArray();
    }
}
