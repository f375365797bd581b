using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Leases;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Storage;

namespace Multimodal.Storage.Azure.Tests.Leases;

public sealed class AzureJobLeasesConformanceTests(AzuriteFixture azurite) : JobLeasesConformance, IAsyncLifetime
{
    private TestStorage? _storage;

    public async ValueTask InitializeAsync() => _storage = await TestStorage.CreateAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IJobLeases CreateLeases() =>
        new AzureJobLeases(_storage!.Clients.Blobs, TimeProvider.System, NullLogger<AzureJobLeases>.Instance);
}
