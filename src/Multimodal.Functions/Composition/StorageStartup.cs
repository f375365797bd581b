using Microsoft.Extensions.Hosting;
using Multimodal.Storage.Azure.Composition;

namespace Multimodal.Functions.Composition;

/// <summary>Sees to it that the containers and the queue exist before the first function runs.</summary>
internal sealed class StorageStartup(AzureStorageProvisioner provisioner) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => provisioner.EnsureCreatedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
