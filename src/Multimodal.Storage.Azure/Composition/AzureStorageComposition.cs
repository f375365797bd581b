using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
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
    /// <exception cref="OptionsValidationException">The options cannot be used; its failures say why.</exception>
    public static MultimodalBuilder UseAzureStorage(this MultimodalBuilder builder, AzureStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (new AzureStorageOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(nameof(AzureStorageOptions), typeof(AzureStorageOptions), result.Failures);
        }

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => AzureStorageClients.Create(options));
        services.AddSingleton(provider => new AzureStorageProvisioner(provider.GetRequiredService<AzureStorageClients>()));
        services.AddSingleton<IBlobStore>(provider => new AzureBlobStore(provider.GetRequiredService<AzureStorageClients>().Blobs));
        services.AddSingleton<IResultPublisher>(provider => new AzureResultPublisher(
            provider.GetRequiredService<AzureStorageClients>().Results, options.ResultMessageTimeToLive));
        services.AddSingleton<IJobLeases>(provider => new AzureJobLeases(
            provider.GetRequiredService<AzureStorageClients>().Blobs,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AzureJobLeases>>()));
        return builder;
    }
}
