using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage.Faults;

/// <summary>A store whose calls go wrong as a plan says; a listing also on its way.</summary>
public sealed class UnreliableBlobStore(IBlobStore inner, FaultPlan plan) : IBlobStore
{
    // As far apart as a storage account's pages would be, were they so small.
    private const int EntriesInOneAnswer = 50;

    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        plan.RunAsync(() => inner.FindAsync(path, cancellationToken));

    public ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        plan.RunAsync(() => inner.ReadAsync(path, cancellationToken));

    public ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default) =>
        plan.RunAsync(() => inner.WriteAsync(path, content, condition, cancellationToken));

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var given = 0;
        await foreach (var entry in inner.ListAsync(container, prefix, cancellationToken))
        {
            if (given++ % EntriesInOneAnswer == 0)
            {
                await plan.RunAsync(() => ValueTask.FromResult(entry));
            }

            yield return entry;
        }

        if (given == 0)
        {
            await plan.RunAsync(() => ValueTask.FromResult(given));
        }
    }

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default) =>
        plan.RunAsync(() => inner.ListPageAsync(container, prefix, continuation, count, cancellationToken));

    public ValueTask<CopyOutcome> CopyIfAbsentAsync(BlobPath source, BlobPath destination, CancellationToken cancellationToken = default) =>
        plan.RunAsync(() => inner.CopyIfAbsentAsync(source, destination, cancellationToken));

    public ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        plan.RunAsync(() => inner.DeleteAsync(path, cancellationToken));
}
