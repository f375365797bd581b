using System.Globalization;
using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>Blobs in memory, for tests of what stands above the port. It passes the same conformance suite as the real ones.</summary>
public sealed class InMemoryBlobStore(TimeProvider? time = null) : IBlobStore
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (BlobEntry Entry, byte[] Content)> _blobs = new(StringComparer.Ordinal);
    private int _version;

    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_blobs.TryGetValue(path.ToString(), out var blob) ? blob.Entry : null);
        }
    }

    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(
                _blobs.TryGetValue(path.ToString(), out var blob) ? new StoredBlob(blob.Content.ToArray(), blob.Entry.ETag) : null);
        }
    }

    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var current = _blobs.TryGetValue(path.ToString(), out var blob) ? blob.Entry : null;
            if ((condition.MustBeAbsent && current is not null) || (condition.ETag is { } eTag && eTag != current?.ETag))
            {
                return ValueTask.FromResult<string?>(null);
            }

            var version = (++_version).ToString("x8", CultureInfo.InvariantCulture);
            _blobs[path.ToString()] = (new BlobEntry(path, version, content.Length, _time.GetUtcNow()), content.ToArray());
            return ValueTask.FromResult<string?>(version);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BlobEntry[] entries;
        lock (_lock)
        {
            entries = [.. _blobs.Values.Select(blob => blob.Entry)
                .Where(entry => entry.Path.Container == container && entry.Path.Name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        foreach (var entry in entries)
        {
            yield return entry;
        }

        await Task.CompletedTask;
    }

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            BlobEntry[] entries =
            [
                .. _blobs.Values.Select(blob => blob.Entry)
                    .Where(entry => entry.Path.Container == container
                        && entry.Path.Name.StartsWith(prefix, StringComparison.Ordinal)
                        && string.CompareOrdinal(entry.Path.Name, continuation) > 0)
                    .Take(count + 1),
            ];
            return ValueTask.FromResult(new BlobPage(
                [.. entries.Take(count)], entries.Length > count ? entries[count - 1].Path.Name : null));
        }
    }

    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_blobs.Remove(path.ToString()));
        }
    }
}
