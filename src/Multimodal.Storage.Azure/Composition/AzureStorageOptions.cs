using Azure.Core;

namespace Multimodal.Storage.Azure.Composition;

/// <summary>
/// Which storage account to use and how to get in. Exactly one of <see cref="ConnectionString"/>, <see cref="AccountName"/>
/// and the pair <see cref="BlobServiceUri"/> and <see cref="QueueServiceUri"/> is set.
/// </summary>
public sealed class AzureStorageOptions
{
    /// <summary>
    /// A connection string, with the account's key or a shared access signature; <c>UseDevelopmentStorage=true</c> for Azurite on
    /// its usual ports, which must then be started with <c>--skipApiVersionCheck</c> where it is older than the client libraries.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The name of an account in Azure's public cloud, used with an identity of Microsoft Entra ID. The identity needs the roles
    /// <c>Storage Blob Data Contributor</c> and <c>Storage Queue Data Contributor</c>.
    /// </summary>
    public string? AccountName { get; init; }

    /// <summary>The address of the blob service where it does not follow from an account's name: other clouds, own domains. HTTPS.</summary>
    public Uri? BlobServiceUri { get; init; }

    /// <summary>The address of the queue service, beside <see cref="BlobServiceUri"/>. HTTPS.</summary>
    public Uri? QueueServiceUri { get; init; }

    /// <summary>
    /// The client id of a user-assigned managed identity, which is then the only one tried. Without it <c>DefaultAzureCredential</c>
    /// finds an identity: the system-assigned one in Azure, the developer's own on a developer's machine.
    /// </summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>What else the clients of both services are told, such as a policy of their own in their pipelines; null for nothing.</summary>
    public Action<ClientOptions>? ConfigureClients { get; init; }

    /// <summary>
    /// How long a message waits on the queue to be read: seven days, as the service does by itself, unless said otherwise; at least
    /// a second, or <see cref="Timeout.InfiniteTimeSpan"/> for good. The result itself stays in the container <c>results</c>.
    /// </summary>
    public TimeSpan ResultMessageTimeToLive { get; init; } = TimeSpan.FromDays(7);
}
