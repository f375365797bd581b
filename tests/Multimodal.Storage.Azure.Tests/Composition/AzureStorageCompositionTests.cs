using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Composition;

namespace Multimodal.Storage.Azure.Tests.Composition;

public sealed class AzureStorageCompositionTests
{
    private const string Client = "00000000-0000-0000-0000-000000000001";

    public static TheoryData<AzureStorageOptions, string> Unusable => new()
    {
        { new(), "No storage account is named" },
        { new() { ConnectionString = "UseDevelopmentStorage=true", AccountName = "account" }, "more than one way" },
        { new() { AccountName = "account", BlobServiceUri = new("https://a.example") }, "more than one way" },
        { new() { ConnectionString = "" }, "ConnectionString" },
        { new() { ConnectionString = "AccountName=account;AccountKey=c2VjcmV0" + ";nonsense" }, "ConnectionString" },
        { new() { ConnectionString = "BlobEndpoint=https://a.example;SharedAccessSignature=sig" }, "ConnectionString" },
        { new() { AccountName = "Not_A_Name" }, "'Not_A_Name'" },
        { new() { AccountName = "" }, "3 to 24" },
        { new() { BlobServiceUri = new("https://a.example") }, "QueueServiceUri" },
        { new() { QueueServiceUri = new("https://a.example") }, "BlobServiceUri" },
        { new() { BlobServiceUri = new("http://a.example"), QueueServiceUri = new("https://b.example") }, "https" },
        { new() { BlobServiceUri = new("/relative", UriKind.Relative), QueueServiceUri = new("https://b.example") }, "https" },
        { new() { AccountName = "account", ManagedIdentityClientId = "me" }, "'me'" },
        { new() { ConnectionString = "UseDevelopmentStorage=true", ManagedIdentityClientId = Client }, "no effect" },
        { new() { AccountName = "account", ResultMessageTimeToLive = TimeSpan.Zero }, "ResultMessageTimeToLive" },
        { new() { AccountName = "account", ResultMessageTimeToLive = TimeSpan.FromSeconds(-1) }, "ResultMessageTimeToLive" },
    };

    public static TheoryData<AzureStorageOptions, string, string> Usable => new()
    {
        {
            new() { ConnectionString = "UseDevelopmentStorage=true" },
            "http://127.0.0.1:10000/devstoreaccount1", "http://127.0.0.1:10001/devstoreaccount1/results"
        },
        { new() { AccountName = "account" }, "https://account.blob.core.windows.net/", "https://account.queue.core.windows.net/results" },
        {
            new() { AccountName = "account", ManagedIdentityClientId = Client, ResultMessageTimeToLive = Timeout.InfiniteTimeSpan },
            "https://account.blob.core.windows.net/", "https://account.queue.core.windows.net/results"
        },
        {
            new() { BlobServiceUri = new("https://blobs.example"), QueueServiceUri = new("https://queues.example") },
            "https://blobs.example/", "https://queues.example/results"
        },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void UseAzureStorage_OptionsUnusable_SaysWhyAndKeepsTheSecret(AzureStorageOptions options, string expected)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => new MultimodalBuilder(new ServiceCollection()).UseAzureStorage(options));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Usable), DisableDiscoveryEnumeration = true)]
    public void UseAzureStorage_OptionsUsable_AddressesTheAccount(AzureStorageOptions options, string blobs, string queue)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MultimodalBuilder(services).UseAzureStorage(options);
        using var provider = services.BuildServiceProvider();

        var clients = provider.GetRequiredService<AzureStorageClients>();

        Assert.Equal(new Uri(blobs), clients.Blobs.Uri);
        Assert.Equal(new Uri(queue), clients.Results.Uri);
        Assert.NotNull(provider.GetRequiredService<IBlobStore>());
        Assert.NotNull(provider.GetRequiredService<IResultPublisher>());
        Assert.NotNull(provider.GetRequiredService<IJobLeases>());
        Assert.NotNull(provider.GetRequiredService<AzureStorageProvisioner>());
    }
}
