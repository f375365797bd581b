using System.Text;
using Microsoft.Extensions.AI;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Orchestration.Search;

/// <summary>Finds jobs that are near to a text, a file or a job, whatever modality they are of.</summary>
public sealed class JobSearcher(
    PipelineCatalog pipelines, JobNeighbours neighbours, JobRecords records, JobBlobs store, HostSettings settings, InputLimits limits)
{
    private const string QueryName = "query.txt";

    /// <summary>Searches.</summary>
    /// <exception cref="SearchException">The query does not fit the pipeline or its index.</exception>
    /// <exception cref="InputException">The text or file cannot be used.</exception>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    public Task<SearchAnswer> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return (query.Text, query.File, query.Job) switch
        {
            ({ } text, null, null) => SearchAsync(query, Read(new InputContent(QueryName, Encoding.UTF8.GetBytes(text)), TextContent), cancellationToken),
            (null, { } file, null) => SearchAsync(query, Read(file, null), cancellationToken),
            (null, null, { } job) => SearchAsync(query, job, cancellationToken),
            _ => throw SearchException.OneOfThree(),
        };
    }

    private static DetectedContent TextContent => new(Modality.Text, MediaTypes.Text);

    private (InputContent Content, DetectedContent Detected) Read(InputContent content, DetectedContent? known) =>
        content.Bytes.Length > limits.MaximumBytes
            ? throw new InputException(InputErrors.TooLarge(content.Name, content.Bytes.Length, limits))
            : (content, known ?? ContentDetector.Detect(content));

    private async Task<SearchAnswer> SearchAsync(
        SearchQuery query, (InputContent Content, DetectedContent Detected) read, CancellationToken cancellationToken)
    {
        var name = query.Pipeline ?? settings.DefaultPipeline;
        var known = pipelines.Repository.List();
        var pipeline = known.Contains(name) ? pipelines.Get(name) : throw SearchException.NoPipeline(name, known);
        var task = pipeline.Definition.Tasks.OfType<RetrievalDefinition>()
            .FirstOrDefault(task => query.Index is null || JobSpace.IndexOf(pipeline.Definition, task) == query.Index)
            ?? throw SearchException.NoIndex(name, query.Index);
        var modality = read.Detected.Modality;
        var features = pipeline.Preprocess(read.Content, read.Detected);
        var space = pipeline.Definition.Encoders[modality].Space;
        ThrowUnlessComparable(query, modality.ToName(), vector => IsOf(pipeline.Definition, vector, space));
        var found = await neighbours.FindAsync(
            JobSpace.Of(pipeline.Definition, pipeline.Digest, task, space),
            await EncodeAsync(pipeline, features, read.Content.Name, cancellationToken),
            query.Filter,
            query.Count,
            cancellationToken);
        return new SearchAnswer(name, JobSpace.IndexOf(pipeline.Definition, task), modality, found.Jobs, found.Incomplete);
    }

    private static async Task<ReadOnlyMemory<float>> EncodeAsync(
        LoadedPipeline pipeline, Features features, string name, CancellationToken cancellationToken)
    {
        var encoder = pipeline.Encoder(features.Modality);
        encoder.GetService<EncoderLoad>()?.Admit(RequestPriority.Interactive);
        var encoded = await encoder.GenerateAsync(
            [features], EncodeRequestOptions.Of(RequestPriority.Interactive), cancellationToken);
        return encoded[0].Vector.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
            ? throw new InputException(
                InputErrorCodes.EncodingFailed,
                $"'{name}' could not be encoded: the {features.Modality.ToName()} encoder gave values that are not finite.",
                "Check the input for extreme values.")
            : encoded[0].Vector;
    }

    private async Task<SearchAnswer> SearchAsync(SearchQuery query, JobId job, CancellationToken cancellationToken)
    {
        var record = await records.GetAsync(job, cancellationToken);
        var result = await store.ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, cancellationToken);
        var outcome = result?.Value.Outcomes.OfType<RetrievalOutcome>().FirstOrDefault(outcome => query.Index is null || outcome.Index == query.Index);

        // The fused embedding is kept first, where it is.
        if (outcome?.Kept is not [var kept, ..]
            || JobSpace.Find(kept.Collection) is not { } collection
            || await store.ReadAsync(JobPaths.ResultEmbeddings(job), cancellationToken) is not { } embeddings
            || !Safetensors.Read(embeddings.Content).Tensors.TryGetValue(kept.TensorName, out var embedding))
        {
            throw SearchException.NotIndexed(job.Value, query.Index);
        }

        ThrowUnlessComparable(
            query, kept.Vector, vector => !outcome.Kept.Any(other => other.Vector == vector && other.Collection != kept.Collection));
        var found = await neighbours.FindAsync(
            collection, embedding.AsSpan<float>().ToArray(), query.Filter with { Except = job }, query.Count, cancellationToken);
        return new SearchAnswer(record.Pipeline, outcome.Index, null, found.Jobs, found.Incomplete);
    }

    private static void ThrowUnlessComparable(SearchQuery query, string asked, Func<string, bool> isComparable)
    {
        if (query.Filter.Vectors.FirstOrDefault(vector => !isComparable(vector)) is { } other)
        {
            throw SearchException.NotComparable(asked, other);
        }
    }

    private static bool IsOf(PipelineDefinition pipeline, string vector, string? space) =>
        vector == RetrievalDefinition.Fused
            ? pipeline.Encoders.Values.All(encoder => encoder.Space == space)
            : pipeline.Encoders.All(encoder => encoder.Key.ToName() != vector || encoder.Value.Space == space);
}
