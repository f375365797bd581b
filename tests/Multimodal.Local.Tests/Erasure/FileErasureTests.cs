using Multimodal.Local.Composition;
using Multimodal.Pipeline.Composition;

namespace Multimodal.Local.Tests.Erasure;

public sealed class FileErasureTests : ErasureConformance
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    protected override void UseStorage(MultimodalBuilder builder) => builder.UseFileStorage(_root);

    // The locks are a fixed number of empty files, whatever they lock.
    protected override Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(name => !name.StartsWith(".locks/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]);

    protected override Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(_root, name), Token);
}
