using System.Collections.Concurrent;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>The pipelines in use: each is loaded once, on first use, and shared.</summary>
public sealed class PipelineCatalog : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<LoadedPipeline>> _pipelines = new(StringComparer.Ordinal);
    private readonly PreprocessorFactory _preprocessors;
    private readonly IModelFactory _models;
    private readonly JobNeighbours? _neighbours;

    /// <summary>Loads pipelines from a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="preprocessors">Makes preprocessors.</param>
    /// <param name="models">Opens networks.</param>
    /// <param name="neighbours">Finds jobs for retrieval; null where none are to be found.</param>
    public PipelineCatalog(ModelRepository repository, PreprocessorFactory preprocessors, IModelFactory models, JobNeighbours? neighbours = null)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(preprocessors);
        ArgumentNullException.ThrowIfNull(models);
        Repository = repository;
        _preprocessors = preprocessors;
        _models = models;
        _neighbours = neighbours;
    }

    /// <summary>Where the pipelines lie.</summary>
    public ModelRepository Repository { get; }

    /// <summary>The pipeline of a name.</summary>
    /// <exception cref="PipelineException">It does not exist or cannot be used.</exception>
    public LoadedPipeline Get(string name)
    {
        // Lazy, because two callers at once must not open the same networks twice.
        var pipeline = _pipelines.GetOrAdd(
            name, key => new Lazy<LoadedPipeline>(() => new LoadedPipeline(Repository.Load(key), _preprocessors, _models, _neighbours)));
        try
        {
            return pipeline.Value;
        }
        catch (PipelineException)
        {
            // A failure is not kept: the files may be mended while the process runs.
            _pipelines.TryRemove(new KeyValuePair<string, Lazy<LoadedPipeline>>(name, pipeline));
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pipeline in _pipelines.Values.Where(pipeline => pipeline.IsValueCreated))
        {
            pipeline.Value.Dispose();
        }
    }
}
