using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Serve;

/// <summary>A store that refuses the writes that a test picks.</summary>
internal sealed class PickyBlobStore(IBlobStore inner, Func<BlobPath, bool> refuses) : IBlobStore
{
    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) => inner.FindAsync(path, cancellationToken);

    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) => inner.ReadAsync(path, cancellationToken);

    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default) =>
        refuses(path) ? throw new IOException("not now") : inner.WriteAsync(path, content, condition, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string container, string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(container, prefix, cancellationToken);

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        inner.ListPageAsync(container, prefix, continuation, count, cancellationToken);

    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) => inner.DeleteAsync(path, cancellationToken);
}
