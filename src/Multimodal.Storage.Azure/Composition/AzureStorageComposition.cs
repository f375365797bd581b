using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Encryption;
using Multimodal.Storage.Azure.Leases;
using Multimodal.Storage.Azure.Queues;

namespace Multimodal.Storage.Azure.Composition;

/// <summary>Composes a host with a storage account.</summary>
public static class AzureStorageComposition
{
    /// <summary>
    /// Keeps blobs, leases and the queue in a storage account. The host calls
    /// <see cref="AzureStorageProvisioner.EnsureCreatedAsync(CancellationToken)"/> at its start, unless its deployment created everything.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">Which account, and how to get in.</param>
    /// <param name="encryption">With which keys blobs are encrypted before they leave the process; null for none.</param>
    /// <exception cref="OptionsValidationException">The options cannot be used; its failures say why.</exception>
    public static MultimodalBuilder UseAzureStorage(
        this MultimodalBuilder builder, AzureStorageOptions options, EncryptionOptions? encryption = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (new AzureStorageOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(nameof(AzureStorageOptions), typeof(AzureStorageOptions), result.Failures);
        }

        var keys = encryption is { IsOn: true }
            ? BlobKeys.Open(encryption, AzureStorageClients.CreateCredential(options.ManagedIdentityClientId))
            : null;
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => AzureStorageClients.Create(options));
        services.AddSingleton(provider => new AzureStorageProvisioner(provider.GetRequiredService<AzureStorageClients>()));
        services.AddSingleton(provider => new AzureBlobStore(provider.GetRequiredService<AzureStorageClients>().Blobs, keys));
        services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<AzureBlobStore>());
        services.AddSingleton<IEncryptedBlobs>(provider => provider.GetRequiredService<AzureBlobStore>());
        services.AddSingleton<IResultPublisher>(provider => new AzureResultPublisher(
            provider.GetRequiredService<AzureStorageClients>().Results, options.ResultMessageTimeToLive));
        services.AddSingleton<IJobLeases>(provider => new AzureJobLeases(
            provider.GetRequiredService<AzureStorageClients>().Blobs,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AzureJobLeases>>()));
        return builder;
    }
}
