using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Local.Tests.Files;

public sealed class FileJobLeasesTests : JobLeasesConformance, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    protected override IJobLeases CreateLeases() => new FileJobLeases(_root);
}
