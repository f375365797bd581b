using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Testing.Azurite;

namespace Multimodal.Trials.Service;

/// <summary>A storage account of Azurite.</summary>
internal sealed class AccountStorage : ITrialStorage
{
    private readonly AzuriteAccount _account;
    private readonly ServiceProvider _services;
    private readonly List<ServiceProvider> _others;

    public AccountStorage(AzuriteAccount account)
    {
        _account = account;
        _services = Build(account);
        _others = [];
    }

    public string Name => "azure";

    /// <summary>How to get in.</summary>
    public string ConnectionString => _account.ConnectionString;

    public IReadOnlyList<string> Arguments => ["--storage", "azure"];

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["AZURE_STORAGE_CONNECTION_STRING"] = _account.ConnectionString };

    public IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    /// <summary>Creates the containers, as the first service would.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<AzureStorageProvisioner>().EnsureCreatedAsync([Containers.Bulk], cancellationToken);

    public async ValueTask PutAsync(BlobPath path, byte[] content, CancellationToken cancellationToken) =>
        await Blobs.WriteAsync(path, content, cancellationToken: cancellationToken);

    public IBlobStore OpenAnother()
    {
        _others.Add(Build(_account));
        return _others[^1].GetRequiredService<IBlobStore>();
    }

    public async Task UploadAsync(string name, byte[] content, CancellationToken cancellationToken) =>
        await new BlobContainerClient(_account.ConnectionString, Containers.Uploads)
            .UploadBlobAsync(name, BinaryData.FromBytes(content), cancellationToken);

    public async Task<IReadOnlyList<string>> ReadMessageIdsAsync(CancellationToken cancellationToken)
    {
        var queue = new QueueClient(
            _account.ConnectionString, Containers.ResultQueue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var ids = new List<string>();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromHours(1), cancellationToken)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                using var json = JsonDocument.Parse(message.Body);
                ids.Add(json.RootElement.GetProperty("id").GetString()!);
            }
        }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    private static ServiceProvider Build(AzuriteAccount account)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MultimodalBuilder(services).UseAzureStorage(new AzureStorageOptions { ConnectionString = account.ConnectionString });
        return services.BuildServiceProvider();
    }
}
