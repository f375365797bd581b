using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Composition;

/// <summary>The clients of one account's services, as the options say. They are safe to share and hold connections.</summary>
/// <param name="Blobs">The blob service.</param>
/// <param name="Results">The queue of results, whose messages are Base64.</param>
internal sealed record AzureStorageClients(BlobServiceClient Blobs, QueueClient Results)
{
    // A stage that fails is retried whole, minutes later; so the client bridges short disturbances only, about 15 seconds of them.
    private const int MaximumRetries = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromSeconds(8);

    public static AzureStorageClients Create(AzureStorageOptions options)
    {
        var blobOptions = Configure(new BlobClientOptions(), options);

        // Base64 is what a Functions queue trigger reads unless host.json says otherwise, and it carries any byte.
        var queueOptions = Configure(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, options);
        if (options.ConnectionString is { } connectionString)
        {
            return Create(new BlobServiceClient(connectionString, blobOptions), new QueueServiceClient(connectionString, queueOptions));
        }

        var credential = CreateCredential(options.ManagedIdentityClientId);
        return Create(
            new BlobServiceClient(options.BlobServiceUri ?? UriOf(options.AccountName, "blob"), credential, blobOptions),
            new QueueServiceClient(options.QueueServiceUri ?? UriOf(options.AccountName, "queue"), credential, queueOptions));
    }

    private static AzureStorageClients Create(BlobServiceClient blobs, QueueServiceClient queues) =>
        new(blobs, queues.GetQueueClient(Containers.ResultQueue));

    /// <summary>The identity that an account, and what belongs to it, is used with.</summary>
    public static TokenCredential CreateCredential(string? managedIdentityClientId) =>
        managedIdentityClientId is null
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(managedIdentityClientId));

    private static Uri UriOf(string? account, string service) => new($"https://{account}.{service}.core.windows.net");

    private static T Configure<T>(T client, AzureStorageOptions options)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = MaximumRetries;
        client.Retry.Delay = FirstDelay;
        client.Retry.MaxDelay = MaximumDelay;
        options.ConfigureClients?.Invoke(client);
        return client;
    }
}
