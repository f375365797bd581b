using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.VectorData;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>Finds the jobs that are nearest to an embedding.</summary>
public sealed class JobNeighbours
{
    // The fused embedding and one of each modality.
    private static readonly int MostOfAJob = Enum.GetValues<Modality>().Length + 1;

    private readonly VectorStore _store;

    /// <summary>Searches a vector store.</summary>
    public JobNeighbours(VectorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>Finds jobs, each by the nearest of its embeddings.</summary>
    /// <param name="collection">Where.</param>
    /// <param name="embedding">To what [dimension].</param>
    /// <param name="filter">Which count.</param>
    /// <param name="count">How many at most, more than 0.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>None where there is no such collection, or where the embedding is zero and so near to nothing.</returns>
    public async ValueTask<FoundJobs> FindAsync(
        JobSpace collection, ReadOnlyMemory<float> embedding, JobFilter filter, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var entries = _store.GetCollection<string, JobEntry>(collection.Name, JobEntry.Define(collection.Dimension));
        try
        {
            if (!embedding.Span.ContainsAnyExcept(0) || !await entries.CollectionExistsAsync(cancellationToken))
            {
                return FoundJobs.None;
            }

            // So many that the asked ones are among them, even if every job is there with all of its embeddings.
            var top = count * (filter.Vectors.Count > 0 ? filter.Vectors.Count : MostOfAJob);
            var found = await entries
                .SearchAsync(embedding, top, new VectorSearchOptions<JobEntry> { Filter = filter.ToExpression() }, cancellationToken)
                .ToListAsync(cancellationToken);
            return new FoundJobs(
                [.. found.DistinctBy(result => result.Record.JobId).Take(count).Select(ToNeighbour)],
                await FindDamageAsync(entries, cancellationToken));
        }
        catch (IndexDamagedException e)
        {
            return new FoundJobs([], e.Message);
        }
    }

    /// <summary>The tasks of a pipeline that keep jobs.</summary>
    public static IEnumerable<RetrievalDefinition> TasksOf(PipelineDefinition pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Tasks.OfType<RetrievalDefinition>();
    }

    private static async ValueTask<string?> FindDamageAsync(VectorStoreCollection<string, JobEntry> entries, CancellationToken cancellationToken) =>
        entries.GetService(typeof(IIndexUpkeep)) is IIndexUpkeep upkeep && await upkeep.FindDamageAsync(cancellationToken) is { Count: > 0 } damage
            ? string.Join(' ', damage.Select(blob => blob.Message))
            : null;

    private static JobNeighbour ToNeighbour(VectorSearchResult<JobEntry> result) => new(
        JobId.Parse(result.Record.JobId),
        result.Score ?? 0,
        result.Record.Vector,
        result.Record.Revision,
        result.Record.Pipeline,
        result.Record.PublishedAt,
        result.Record.Label,
        result.Record.Files);
}
