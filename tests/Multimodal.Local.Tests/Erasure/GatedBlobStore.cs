using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Erasure;

/// <summary>A store at whose gate the first operation that a test picks is held, until the test lets it go on. Nothing cancels it there.</summary>
internal sealed class GatedBlobStore(IBlobStore inner) : IBlobStore
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held;

    /// <summary>Which operation is held: its kind, such as write, and its blob.</summary>
    public Func<string, BlobPath, bool> Holds { get; set; } = (_, _) => false;

    /// <summary>Ends when the operation stands at the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets it go on.</summary>
    public void Open() => _open.TrySetResult();

    public async ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await PassAsync("find", path);
        return await inner.FindAsync(path, cancellationToken);
    }

    public async ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await PassAsync("read", path);
        return await inner.ReadAsync(path, cancellationToken);
    }

    public async ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default)
    {
        // What is under way when a run is stopped may take effect all the same.
        var held = await PassAsync("write", path);
        return await inner.WriteAsync(path, content, condition, held ? CancellationToken.None : cancellationToken);
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in inner.ListAsync(container, prefix, cancellationToken))
        {
            yield return entry;
        }
    }

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        inner.ListPageAsync(container, prefix, continuation, count, cancellationToken);

    public async ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await PassAsync("delete", path);
        return await inner.DeleteAsync(path, cancellationToken);
    }

    private async Task<bool> PassAsync(string kind, BlobPath path)
    {
        if (!Holds(kind, path) || Interlocked.Exchange(ref _held, 1) != 0)
        {
            return false;
        }

        _reached.TrySetResult();
        await _open.Task;
        return true;
    }
}
