using Microsoft.Extensions.Hosting;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Hosting;
using Multimodal.Storage.Azure.Composition;

namespace Multimodal.Local.Serve;

/// <summary>Sees to it that the account has what is needed, and that no other kind of host works on it.</summary>
internal sealed class AccountStartup(AzureStorageProvisioner provisioner, HostClaim claim, BatchOptions batches, ServeSettings settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await provisioner.EnsureCreatedAsync(batches.AllowedContainers, cancellationToken);
        await claim.MakeAsync(HostKinds.Serve, settings.TakeOver, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
