using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches;

/// <summary>Reads and changes the records of batches. A record is created once and changed only over the version that was read.</summary>
public sealed class BatchRecords(IBlobStore store)
{
    /// <summary>A batch's record, or null where there is none.</summary>
    public async ValueTask<BatchRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await store.ReadJsonAsync(BatchIds.RecordOf(id), OrchestrationJson.Default.BatchRecord, cancellationToken))?.Value;

    /// <summary>Creates a record; where there is one already, gives that.</summary>
    public async ValueTask<BatchRecord> CreateAsync(BatchRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        while (true)
        {
            if (await store.WriteJsonAsync(
                BatchIds.RecordOf(record.Id), record, OrchestrationJson.Default.BatchRecord, WriteCondition.IfAbsent, cancellationToken) is not null)
            {
                return record;
            }

            if (await FindAsync(record.Id, cancellationToken) is { } existing)
            {
                return existing;
            }
        }
    }

    /// <summary>Changes a record; begins anew with the new version where another changed it meanwhile.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="change">Gives the record's new content, or the same instance where nothing is to change.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The record as it is now stored.</returns>
    /// <exception cref="BatchException">There is no such batch.</exception>
    public async ValueTask<BatchRecord> UpdateAsync(string id, Func<BatchRecord, BatchRecord> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var path = BatchIds.RecordOf(id);
        while (true)
        {
            var (current, eTag) = await store.ReadJsonAsync(path, OrchestrationJson.Default.BatchRecord, cancellationToken)
                ?? throw BatchException.NotFound(id);
            var changed = change(current);
            if (ReferenceEquals(changed, current)
                || await store.WriteJsonAsync(
                    path, changed, OrchestrationJson.Default.BatchRecord, WriteCondition.IfMatch(eTag), cancellationToken) is not null)
            {
                return changed;
            }
        }
    }

    /// <summary>Forgets a batch.</summary>
    public ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken) => store.DeleteAsync(BatchIds.RecordOf(id), cancellationToken);

    /// <summary>Some of the batches, in the order of their ids.</summary>
    /// <param name="continuation">That of the part before; null for the first.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The batches, and what asks for the next part; null where there is none.</returns>
    public async ValueTask<(IReadOnlyList<BatchRecord> Batches, string? Continuation)> ListAsync(
        string? continuation, int count, CancellationToken cancellationToken)
    {
        var page = await store.ListPageAsync(Containers.Batches, "", continuation, count, cancellationToken);
        var batches = new List<BatchRecord>();
        foreach (var entry in page.Entries)
        {
            if (BatchIds.FindBatch(entry.Path) is { } id && await FindAsync(id, cancellationToken) is { } record)
            {
                batches.Add(record);
            }
        }

        return (batches, page.Continuation);
    }
}
