using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Retrieval;

namespace Multimodal.Storage.Azure.Tests.Retrieval;

public sealed class AzureVectorStoreTests(AzuriteFixture azurite) : SharedVectorStoreConformance, IAsyncLifetime
{
    private AzureBlobStore? _blobs;

    protected override IBlobStore Blobs => _blobs!;

    public async ValueTask InitializeAsync() => _blobs = new AzureBlobStore((await TestStorage.CreateAsync(azurite)).Clients.Blobs);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
