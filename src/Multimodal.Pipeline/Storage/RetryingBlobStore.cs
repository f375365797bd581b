using System.Runtime.CompilerServices;

namespace Multimodal.Pipeline.Storage;

/// <summary>
/// Bridges short disturbances of a store whose adapter does not do so itself, such as a network's file system: an operation that fails
/// is tried again, a few times within a second. What is lost then is for the caller to try again.
/// </summary>
/// <remarks>
/// A conditional write whose answer was lost is refused for what it wrote itself. What is stored then tells: where it is the very content
/// that was to be written, the write has happened, by whoever it was.
/// </remarks>
public sealed class RetryingBlobStore : IBlobStore
{
    private const int Attempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private readonly IBlobStore _store;
    private readonly TimeProvider _time;

    /// <summary>Retries the operations of a store.</summary>
    public RetryingBlobStore(IBlobStore store, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        RunAsync(_ => _store.FindAsync(path, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        RunAsync(_ => _store.ReadAsync(path, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default) =>
        RunAsync(
            async attempt => await _store.WriteAsync(path, content, condition, cancellationToken) is { } eTag ? eTag
                : attempt > 1 && await _store.ReadAsync(path, cancellationToken) is { } stored && stored.Content.Span.SequenceEqual(content.Span) ? stored.ETag
                : null,
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Begun anew after a failure, past what was given already: a listing is in the order of its names.
        string? last = null;
        for (var attempt = 1; ;)
        {
            var entries = _store.ListAsync(container, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (entries.ConfigureAwait(false))
            {
                while (true)
                {
                    try
                    {
                        if (!await entries.MoveNextAsync())
                        {
                            yield break;
                        }
                    }
                    catch (Exception e) when (attempt < Attempts && IsDisturbance(e))
                    {
                        break;
                    }

                    if (last is null || string.CompareOrdinal(entries.Current.Path.Name, last) > 0)
                    {
                        last = entries.Current.Path.Name;
                        yield return entries.Current;
                    }
                }
            }

            await PauseAsync(attempt++, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        RunAsync(_ => _store.ListPageAsync(container, prefix, continuation, count, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CopyOutcome> CopyIfAbsentAsync(BlobPath source, BlobPath destination, CancellationToken cancellationToken = default) =>
        RunAsync(_ => _store.CopyIfAbsentAsync(source, destination, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        // What is gone after an attempt without an answer is what that attempt deleted.
        RunAsync(async attempt => await _store.DeleteAsync(path, cancellationToken) || attempt > 1, cancellationToken);

    private async ValueTask<T> RunAsync<T>(Func<int, ValueTask<T>> operation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await operation(attempt);
            }
            catch (Exception e) when (attempt < Attempts && IsDisturbance(e))
            {
                await PauseAsync(attempt, cancellationToken);
            }
        }
    }

    private Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(FirstPause * Math.Pow(2, attempt), _time, cancellationToken);

    // What says that something is as it should not be, rather than out of reach, is so the next time too.
    private static bool IsDisturbance(Exception e) =>
        e is TimeoutException or (IOException and not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException or EndOfStreamException));
}
