using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Encryption;

/// <summary>A store of which the key of one container is not at hand, while a test says so.</summary>
internal sealed class KeylessBlobStore(IBlobStore inner) : IBlobStore
{
    /// <summary>The container that cannot be read; null for none.</summary>
    public string? Locked { get; set; }

    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) => inner.FindAsync(path, cancellationToken);

    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        path.Container == Locked ? throw new BlobKeyException("a-key", "is not at hand", "Put it back.") : inner.ReadAsync(path, cancellationToken);

    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(path, content, condition, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string container, string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(container, prefix, cancellationToken);

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        inner.ListPageAsync(container, prefix, continuation, count, cancellationToken);

    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) => inner.DeleteAsync(path, cancellationToken);
}
