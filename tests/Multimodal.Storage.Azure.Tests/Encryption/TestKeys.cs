using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Storage.Azure.Tests.Encryption;

/// <summary>A key file of a test's own.</summary>
internal sealed class TestKeys : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public TestKeys() => Current = KeyFile.Extend(Path, DateTimeOffset.UtcNow);

    public string Path => System.IO.Path.Combine(_folder, "keys.json");

    public string Current { get; private set; }

    public BlobKeys Open() => BlobKeys.Open(new EncryptionOptions { KeyFile = Path })!;

    public void Extend() => Current = KeyFile.Extend(Path, DateTimeOffset.UtcNow);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
