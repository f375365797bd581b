using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Retrieval;

namespace Multimodal.Local.Tests.Files;

public sealed class FileVectorStoreTests : SharedVectorStoreConformance, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    protected override IBlobStore Blobs => new FileBlobStore(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
