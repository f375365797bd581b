using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;

namespace Multimodal.Storage.Azure.Tests.Composition;

public sealed class AzureStorageProvisionerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task EnsureCreated_AgainAndAtOnce_CreatesEverythingOnce()
    {
        var token = TestContext.Current.CancellationToken;
        var storage = await TestStorage.CreateBareAsync(azurite);
        var provisioner = new AzureStorageProvisioner(storage.Clients);

        await Task.WhenAll(provisioner.EnsureCreatedAsync(token), provisioner.EnsureCreatedAsync(token));
        await provisioner.EnsureCreatedAsync(token);

        var containers = await storage.Clients.Blobs.GetBlobContainersAsync(cancellationToken: token).ToListAsync(token);
        Assert.Equal(
            Containers.All.Append("leases").Order(StringComparer.Ordinal),
            containers.Select(container => container.Name).Order(StringComparer.Ordinal));
        Assert.All(containers, container => Assert.Null(container.Properties.PublicAccess));
        Assert.True(await storage.Clients.Results.ExistsAsync(token));
        Assert.Equal("results", storage.Clients.Results.Name);
    }
}
