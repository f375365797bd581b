using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>The task that names the nearest earlier jobs, and says what is kept of this one. It is kept when its result is published.</summary>
public sealed class JobRetrieval : ITask
{
    private readonly ModelFolder _pipeline;
    private readonly RetrievalDefinition _definition;
    private readonly JobNeighbours? _neighbours;

    /// <summary>Executes a declared retrieval.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="definition">The task.</param>
    /// <param name="neighbours">Finds jobs; null where there are none to be found, as in an evaluation.</param>
    public JobRetrieval(ModelFolder pipeline, RetrievalDefinition definition, JobNeighbours? neighbours)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(definition);
        (_pipeline, _definition, _neighbours) = (pipeline, definition, neighbours);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var outcomes = new List<TaskOutcome>(inputs.Count);
        foreach (var input in inputs)
        {
            outcomes.Add(await ExecuteAsync(input, cancellationToken));
        }

        return outcomes;
    }

    private async ValueTask<RetrievalOutcome> ExecuteAsync(TaskInput input, CancellationToken cancellationToken)
    {
        var found = _neighbours is not null && input.Context.Job is { } job && _definition.Neighbours > 0
            ? await FindAsync(_neighbours, input, job, cancellationToken)
            : FoundJobs.None;
        return new RetrievalOutcome
        {
            Task = _definition.Name,
            Index = JobSpace.IndexOf(_pipeline.Definition, _definition),
            Neighbours = found.Jobs,
            Kept = [.. Kept(input)],
            Incomplete = found.Incomplete,
        };
    }

    /// <summary>By the fused embedding; where the encoders share no space, by each modality's own, and the best of them.</summary>
    private async ValueTask<FoundJobs> FindAsync(JobNeighbours neighbours, TaskInput input, JobId job, CancellationToken cancellationToken)
    {
        (string? Space, ReadOnlyMemory<float> Embedding)[] queries = HasFused(input)
            ? [(SpaceOf(input.Embeddings.Keys.First()), input.Fused.Vector)]
            : [.. input.Embeddings.Select(pair => (SpaceOf(pair.Key), pair.Value))];
        var found = new List<FoundJobs>();
        foreach (var (space, embedding) in queries)
        {
            found.Add(await neighbours.FindAsync(
                CollectionOf(space), embedding, new JobFilter { Except = job }, _definition.Neighbours, cancellationToken));
        }

        return new FoundJobs(
            [.. found.SelectMany(jobs => jobs.Jobs).OrderByDescending(neighbour => neighbour.Score).DistinctBy(neighbour => neighbour.JobId).Take(_definition.Neighbours)],
            found.Select(jobs => jobs.Incomplete).FirstOrDefault(reason => reason is not null));
    }

    private IEnumerable<KeptVector> Kept(TaskInput input)
    {
        if (HasFused(input) && Keeps(RetrievalDefinition.Fused))
        {
            yield return new KeptVector(RetrievalDefinition.Fused, CollectionOf(SpaceOf(input.Embeddings.Keys.First())).Name);
        }

        foreach (var modality in input.Embeddings.Keys.Order().Where(modality => Keeps(modality.ToName())))
        {
            yield return new KeptVector(modality.ToName(), CollectionOf(SpaceOf(modality)).Name);
        }
    }

    private bool Keeps(string vector) => _definition.Keep?.Contains(vector) ?? true;

    // Fusion of scores gives no embedding.
    private static bool HasFused(TaskInput input) => input.Fused.Vector.Length > 0;

    private string? SpaceOf(Modality modality) => _pipeline.Definition.Encoders[modality].Space;

    private JobSpace CollectionOf(string? space) => JobSpace.Of(_pipeline.Definition, _pipeline.Digest, _definition, space);
}
