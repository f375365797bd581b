using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Queues;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Storage;

namespace Multimodal.Storage.Azure.Tests.Queues;

public sealed class AzureResultPublisherConformanceTests(AzuriteFixture azurite) : ResultPublisherConformance, IAsyncLifetime
{
    private TestStorage? _storage;

    protected override IResultPublisher Publisher => new AzureResultPublisher(_storage!.Clients.Results, TimeSpan.FromDays(7));

    public async ValueTask InitializeAsync() => _storage = await TestStorage.CreateAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<IReadOnlyList<byte[]>> ConsumeAsync() => _storage!.ConsumeResultsAsync();
}
