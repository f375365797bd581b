using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Storage;

namespace Multimodal.Storage.Azure.Tests.Blobs;

public sealed class AzureBlobStoreConformanceTests(AzuriteFixture azurite) : BlobStoreConformance, IAsyncLifetime
{
    private AzureBlobStore? _store;

    protected override IBlobStore Store => _store!;

    public async ValueTask InitializeAsync() => _store = new AzureBlobStore((await TestStorage.CreateAsync(azurite)).Clients.Blobs);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
