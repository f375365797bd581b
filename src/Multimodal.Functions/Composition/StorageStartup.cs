using Microsoft.Extensions.Hosting;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Hosting;
using Multimodal.Storage.Azure.Composition;

namespace Multimodal.Functions.Composition;

/// <summary>Sees to it that the containers and the queue exist, and are no other kind of host's, before the first function runs.</summary>
internal sealed class StorageStartup(AzureStorageProvisioner provisioner, HostClaim claim, BatchOptions batches) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await provisioner.EnsureCreatedAsync(batches.AllowedContainers, cancellationToken);
        await claim.MakeAsync(HostKinds.Functions, takeOver: false, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
