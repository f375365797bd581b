using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Orchestration.Tests;

public sealed class InMemoryBlobStoreTests : BlobStoreConformance
{
    protected override IBlobStore Store { get; } = new InMemoryBlobStore();
}
