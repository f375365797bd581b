using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Capacity.Measuring;

/// <summary>Counts what is asked of a store, and on request in how many rounds: what is asked at the same time is one round.</summary>
internal sealed class CountingBlobStore(IBlobStore inner) : IBlobStore
{
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<BlobPath, int> _requests = [];
    private readonly Lock _lock = new();
    private long _reads;
    private long _writes;
    private long _lists;
    private long _deletes;
    private long _bytes;
    private Task? _round;

    /// <summary>Whether rounds are counted; requests are then slow, so that those that go together are seen together.</summary>
    public bool CountsRounds { get; set; }

    /// <summary>Rounds so far.</summary>
    public int Rounds { get; private set; }

    public (long Reads, long Writes, long Lists, long Deletes, long Bytes) Counts => (_reads, _writes, _lists, _deletes, _bytes);

    /// <summary>How many requests each blob got.</summary>
    public IReadOnlyDictionary<BlobPath, int> PerBlob => new Dictionary<BlobPath, int>(_requests);

    public async ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await CountAsync(ref _reads, path);
        return await inner.FindAsync(path, cancellationToken);
    }

    public async ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await CountAsync(ref _reads, path);
        return await inner.ReadAsync(path, cancellationToken);
    }

    public async ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default)
    {
        Interlocked.Add(ref _bytes, content.Length);
        await CountAsync(ref _writes, path);
        return await inner.WriteAsync(path, content, condition, cancellationToken);
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _lists);
        await RoundAsync();
        await foreach (var entry in inner.ListAsync(container, prefix, cancellationToken))
        {
            yield return entry;
        }
    }

    public async ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _lists);
        await RoundAsync();
        return await inner.ListPageAsync(container, prefix, continuation, count, cancellationToken);
    }

    public async ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await CountAsync(ref _deletes, path);
        return await inner.DeleteAsync(path, cancellationToken);
    }

    private Task CountAsync(ref long counter, BlobPath path)
    {
        Interlocked.Increment(ref counter);
        _requests.AddOrUpdate(path, 1, (_, before) => before + 1);
        return RoundAsync();
    }

    private Task RoundAsync()
    {
        if (!CountsRounds)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return _round ??= EndRoundAsync();
        }
    }

    // Whoever comes while it waits is of the same round.
    private async Task EndRoundAsync()
    {
        await Task.Delay(RoundLength);
        lock (_lock)
        {
            _round = null;
            Rounds++;
        }
    }
}
