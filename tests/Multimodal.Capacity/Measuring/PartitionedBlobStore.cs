using System.Collections.Concurrent;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Capacity.Measuring;

/// <summary>
/// Stores in memory, one for each first part of a name, such as a job's id: a listing of one job's blobs then does not take the longer the
/// more jobs there are, which would count as the job's processor time.
/// </summary>
internal sealed class PartitionedBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<(string Container, string Part), InMemoryBlobStore> _parts = [];

    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) => Part(path).FindAsync(path, cancellationToken);

    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) => Part(path).ReadAsync(path, cancellationToken);

    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default) =>
        Part(path).WriteAsync(path, content, condition, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string container, string prefix, CancellationToken cancellationToken = default) =>
        Listed(container, prefix).ListAsync(container, prefix, cancellationToken);

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        Listed(container, prefix).ListPageAsync(container, prefix, continuation, count, cancellationToken);

    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) => Part(path).DeleteAsync(path, cancellationToken);

    private InMemoryBlobStore Part(BlobPath path) => Part(path.Container, path.Name);

    private InMemoryBlobStore Part(string container, string name) =>
        _parts.GetOrAdd((container, name.Split('/')[0]), _ => new InMemoryBlobStore(TimeProvider.System));

    // A job's steps list what is its own, or one index.
    private InMemoryBlobStore Listed(string container, string prefix) => prefix.Contains('/', StringComparison.Ordinal)
        ? Part(container, prefix)
        : throw new NotSupportedException($"'{prefix}' in {container} is no whole part of a name.");
}
