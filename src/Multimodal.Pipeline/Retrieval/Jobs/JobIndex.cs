using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>Keeps what published results say is kept, takes it back, and knows where something of a job may be.</summary>
/// <remarks>
/// Beside a job's other blobs lies one for each collection that may hold entries of it. It is written before the entries and deleted after
/// them, so that an erasure finds every entry, in whatever vector store.
/// </remarks>
public sealed class JobIndex
{
    // Deleted at once: few enough to name in a filter, enough to be worth the rewriting.
    private const int Batch = 1_000;

    private readonly VectorStore _store;
    private readonly JobBlobs _blobs;
    private readonly Tombstones _tombstones;
    private readonly ITextMask _mask;

    /// <summary>Keeps entries in a vector store.</summary>
    /// <param name="store">The vector store.</param>
    /// <param name="blobs">Where it is noted what is kept.</param>
    /// <param name="tombstones">Of erased jobs.</param>
    /// <param name="mask">What is masked in the names of files, which other jobs' results show; null: nothing.</param>
    public JobIndex(VectorStore store, JobBlobs blobs, Tombstones tombstones, ITextMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(tombstones);
        (_store, _blobs, _tombstones, _mask) = (store, blobs, tombstones, mask ?? NoMask.Instance);
    }

    /// <summary>
    /// Keeps a job's embeddings as its result says, in place of those of earlier revisions, which are taken back. Again it changes nothing.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="embeddings">The embeddings that belong to it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="JobErasedException">The job was erased; nothing of it is left in an index.</exception>
    public async Task PublishAsync(JobResult result, SafetensorsFile embeddings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(embeddings);
        var kept = EntriesOf(result, embeddings);
        if (kept.Count == 0 && result.Revision == 1)
        {
            return;
        }

        var before = await ListAsync(result.JobId, cancellationToken).ToListAsync(cancellationToken);
        foreach (var (name, entries) in kept)
        {
            await KeepAsync(result.JobId, name, entries, before, cancellationToken);
        }

        foreach (var indexed in before)
        {
            await TakeBackAsync(result.JobId, indexed, kept.GetValueOrDefault(indexed.Collection) ?? [], cancellationToken);
        }
    }

    /// <summary>Takes back all that is kept of a job; gives how many blobs said where.</summary>
    public async Task<int> RemoveAsync(JobId job, CancellationToken cancellationToken = default)
    {
        var removed = 0;
        foreach (var indexed in await ListAsync(job, cancellationToken).ToListAsync(cancellationToken))
        {
            await TakeBackAsync(job, indexed, [], cancellationToken);
            removed++;
        }

        return removed;
    }

    /// <summary>Takes back what was published before a time; gives how many entries.</summary>
    public Task<int> RemoveBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default) =>
        RemoveAsync(entry => entry.PublishedAt < time, cancellationToken);

    /// <summary>Takes back what a process that died had left of erased jobs; gives how many entries.</summary>
    /// <param name="hashes">The names of the tombstones that stand.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<int> RemoveErasedAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken = default)
    {
        var removed = 0;
        foreach (var some in hashes.Chunk(Batch))
        {
            List<string> named = [.. some];
            removed += await RemoveAsync(entry => named.Contains(entry.JobHash), cancellationToken);
        }

        return removed;
    }

    private async Task KeepAsync(
        JobId job, string collection, List<JobEntry> entries, IReadOnlyList<IndexedVectors> before, CancellationToken cancellationToken)
    {
        var dimension = entries[0].Embedding.Length;
        var known = before.FirstOrDefault(indexed => indexed.Collection == collection)?.Keys ?? [];
        string[] keys = [.. known.Union(entries.Select(entry => entry.Key), StringComparer.Ordinal)];
        if (keys.Length > known.Count)
        {
            await WriteAsync(job, new IndexedVectors(collection, dimension, keys), cancellationToken);
        }

        var target = Open(collection, dimension);
        await target.EnsureCollectionExistsAsync(cancellationToken);
        await target.UpsertAsync(entries, cancellationToken);

        // As with blobs: who erases sets up the tombstone first, and looks for entries after that.
        if (await _tombstones.FindAsync(job, CancellationToken.None) is { } tombstone)
        {
            await target.DeleteAsync(entries.Select(entry => entry.Key), CancellationToken.None);
            throw new JobErasedException(job, tombstone.ExpiresAt);
        }
    }

    private async Task TakeBackAsync(JobId job, IndexedVectors indexed, List<JobEntry> kept, CancellationToken cancellationToken)
    {
        var keys = kept.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var gone = indexed.Keys.Where(key => !keys.Contains(key)).ToList();
        if (gone.Count > 0)
        {
            var collection = Open(indexed.Collection, indexed.Dimension);
            if (await collection.CollectionExistsAsync(cancellationToken))
            {
                await collection.DeleteAsync(gone, cancellationToken);
            }
        }

        if (kept.Count == 0)
        {
            await _blobs.DeleteAsync(JobPaths.Indexed(job, indexed.Collection), cancellationToken);
        }
        else if (gone.Count > 0)
        {
            await WriteAsync(job, indexed with { Keys = [.. keys] }, cancellationToken);
        }
    }

    private async Task<int> RemoveAsync(Expression<Func<JobEntry, bool>> filter, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var name in await _store.ListCollectionNamesAsync(cancellationToken).ToListAsync(cancellationToken))
        {
            if (JobSpace.Find(name) is not { } ours)
            {
                continue;
            }

            var collection = Open(ours.Name, ours.Dimension);
            List<JobEntry> entries;
            do
            {
                entries = await collection.GetAsync(filter, Batch, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
                await collection.DeleteAsync(entries.Select(entry => entry.Key), cancellationToken);
                removed += entries.Count;
            }
            while (entries.Count == Batch);
        }

        return removed;
    }

    private Dictionary<string, List<JobEntry>> EntriesOf(JobResult result, SafetensorsFile embeddings)
    {
        var kept =
            from outcome in result.Outcomes.OfType<RetrievalOutcome>()
            from vector in outcome.Kept
            let embedding = Find(embeddings, vector.TensorName)
            where embedding is not null && embedding.AsSpan().ContainsAnyExcept(0)
            group EntryOf(result, vector.Vector, embedding) by vector.Collection;
        return kept.ToDictionary(group => group.Key, group => group.DistinctBy(entry => entry.Key).ToList(), StringComparer.Ordinal);
    }

    private static float[]? Find(SafetensorsFile embeddings, string name) =>
        embeddings.Tensors.TryGetValue(name, out var tensor) ? tensor.AsSpan<float>().ToArray() : null;

    private JobEntry EntryOf(JobResult result, string vector, float[] embedding) => new()
    {
        Key = JobEntry.KeyOf(result.JobId, vector),
        JobId = result.JobId.Value,
        JobHash = JobEntry.HashOf(result.JobId),
        Vector = vector,
        Revision = result.Revision,
        Pipeline = result.Pipeline.Name,
        PublishedAt = result.CompletedAt,
        Label = result.Outcomes.OfType<ScoredOutcome>().FirstOrDefault()?.Label,
        Files = [.. result.Inputs.Select(input => _mask.Apply(input.Name))],
        MediaTypes = [.. result.Inputs.Select(input => input.Facts?.MediaType).OfType<string>().Distinct()],
        Embedding = embedding,
    };

    private VectorStoreCollection<string, JobEntry> Open(string collection, int dimension) =>
        _store.GetCollection<string, JobEntry>(collection, JobEntry.Define(dimension));

    private async IAsyncEnumerable<IndexedVectors> ListAsync(
        JobId job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _blobs.ListAsync(Containers.Jobs, JobPaths.IndexedPrefix(job), cancellationToken))
        {
            if (await _blobs.ReadJsonAsync(entry.Path, PipelineJson.Default.IndexedVectors, cancellationToken) is { } stored)
            {
                yield return stored.Value;
            }
        }
    }

    private ValueTask<string?> WriteAsync(JobId job, IndexedVectors indexed, CancellationToken cancellationToken) => _blobs.WriteJsonAsync(
        JobPaths.Indexed(job, indexed.Collection), indexed, PipelineJson.Default.IndexedVectors, cancellationToken: cancellationToken);
}
