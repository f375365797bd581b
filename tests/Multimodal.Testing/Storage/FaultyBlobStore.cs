using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>A store whose operations fail when a test says so, before or after they take effect.</summary>
public sealed class FaultyBlobStore(IBlobStore inner) : IBlobStore
{
    private int _operations;

    /// <summary>Which operation, counted from 1, fails before it takes effect; 0 for none.</summary>
    public int FailBefore { get; set; }

    /// <summary>Which operation, counted from 1, fails after it took effect; 0 for none.</summary>
    public int FailAfter { get; set; }

    /// <summary>Whether the process is as good as dead: the operation at hand takes effect, every further one fails.</summary>
    public bool DiesAfter { get; set; }

    /// <summary>Called with an operation's number, counted from 1, before it takes effect.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called with an operation's number, counted from 1, after it took effect.</summary>
    public Func<int, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Blobs that cannot be read, and how often: <see cref="ReadAsync"/> of them throws <see cref="IOException"/>.</summary>
    public ConcurrentDictionary<BlobPath, int> Unreadable { get; } = [];

    /// <summary>How many operations there were.</summary>
    public int Operations => _operations;

    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        RunAsync(() => inner.FindAsync(path, cancellationToken));

    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        IsUnreadable(path) ? throw new IOException($"{path} cannot be read now.") : RunAsync(() => inner.ReadAsync(path, cancellationToken));

    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default) =>
        RunAsync(() => inner.WriteAsync(path, content, condition, cancellationToken));

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var entries = await RunAsync(async () => await inner.ListAsync(container, prefix, cancellationToken).ToListAsync(cancellationToken));
        foreach (var entry in entries)
        {
            yield return entry;
        }
    }

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        RunAsync(() => inner.ListPageAsync(container, prefix, continuation, count, cancellationToken));

    public ValueTask<CopyOutcome> CopyIfAbsentAsync(BlobPath source, BlobPath destination, CancellationToken cancellationToken = default) =>
        RunAsync(() => inner.CopyIfAbsentAsync(source, destination, cancellationToken));

    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        RunAsync(() => inner.DeleteAsync(path, cancellationToken));

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> operation)
    {
        var number = Interlocked.Increment(ref _operations);
        if (number == FailBefore)
        {
            throw new IOException($"Operation {number} fails before it takes effect.");
        }

        if (DiesAfter)
        {
            throw new IOException("The process is dead.");
        }

        await Before(number);
        var result = await operation();
        await After(number);
        return number == FailAfter ? throw new IOException($"Operation {number} fails after it took effect.") : result;
    }

    private bool IsUnreadable(BlobPath path) => Unreadable.ContainsKey(path) && Unreadable.AddOrUpdate(path, 0, (_, left) => left - 1) >= 0;
}
