using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Models;

/// <summary>
/// A pipeline ready to work. Its files are checked when it is loaded; a network is opened when it is first used,
/// so that a job without recordings never pays for the audio encoder.
/// </summary>
public sealed class LoadedPipeline : IDisposable
{
    private readonly Dictionary<Modality, Lazy<IPreprocessor>> _preprocessors;
    private readonly Dictionary<Modality, Lazy<IEmbeddingGenerator<Features, Embedding<float>>>> _encoders;
    private readonly Lazy<IReadOnlyList<ITask>> _tasks;
    private readonly IReadOnlyDictionary<string, Lazy<IFusion>> _fusions;

    /// <summary>Makes a pipeline of a checked folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="preprocessors">Makes its preprocessors.</param>
    /// <param name="models">Opens its networks.</param>
    /// <param name="neighbours">Finds jobs for retrieval; null where none are to be found.</param>
    public LoadedPipeline(ModelFolder folder, PreprocessorFactory preprocessors, IModelFactory models, JobNeighbours? neighbours = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(preprocessors);
        ArgumentNullException.ThrowIfNull(models);
        Folder = folder;
        _preprocessors = folder.Definition.Encoders.ToDictionary(
            pair => pair.Key, pair => new Lazy<IPreprocessor>(() => preprocessors.Create(pair.Value.Preprocessing, folder)));
        _encoders = folder.Definition.Encoders.Keys.ToDictionary(
            modality => modality, modality => new Lazy<IEmbeddingGenerator<Features, Embedding<float>>>(() => CreateEncoder(modality, models)));
        _tasks = new Lazy<IReadOnlyList<ITask>>(() => [.. folder.Definition.Tasks.Select(task => CreateTask(task, folder, models, neighbours))]);
        _fusions = FusionFactory.Create(folder, models, () => Tasks.OfType<Classification>().First());
    }

    /// <summary>The folder it was loaded from.</summary>
    public ModelFolder Folder { get; }

    /// <summary>What its <c>pipeline.json</c> declares.</summary>
    public PipelineDefinition Definition => Folder.Definition;

    /// <summary>Identifies it: SHA-256 in lower-case hexadecimal.</summary>
    public string Digest => Folder.Digest;

    /// <summary>The methods of fusion that it has, its own first.</summary>
    public IReadOnlyList<string> Methods => FusionFactory.MethodsOf(Definition);

    /// <summary>Its tasks, in the declared order.</summary>
    public IReadOnlyList<ITask> Tasks => _tasks.Value;

    /// <summary>Whether it takes inputs of a modality.</summary>
    public bool Accepts(Modality modality) => _encoders.ContainsKey(modality);

    /// <summary>The preprocessor of a modality that it accepts.</summary>
    public IPreprocessor Preprocessor(Modality modality) => _preprocessors[modality].Value;

    /// <summary>Whether the encoder of a modality that it accepts has been opened.</summary>
    public bool IsEncoderOpen(Modality modality) => _encoders[modality].IsValueCreated;

    /// <summary>The encoder of a modality that it accepts; it is opened where it is not.</summary>
    public IEmbeddingGenerator<Features, Embedding<float>> Encoder(Modality modality) => _encoders[modality].Value;

    /// <summary>Its fusion by a method; null for its own.</summary>
    /// <exception cref="PipelineException">It has no such method.</exception>
    public IFusion Fusion(string? method = null) => _fusions.TryGetValue(method ?? Definition.Fusion.Method, out var fusion)
        ? fusion.Value
        : throw new PipelineException(
            $"The pipeline '{Definition.Name}' cannot fuse by the method '{method}'; it can by: {string.Join(", ", Methods)}.");

    /// <summary>
    /// The method that a job is fused by: the one that it asks for, else the pipeline's own; weights without a method ask for
    /// <see cref="FusionMethods.Weighted"/> where the pipeline's own method weighs by itself.
    /// </summary>
    public string MethodFor(JobOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Fusion
            ?? (options.Weights is { Count: > 0 } && !FusionMethods.TakesWeights(Definition.Fusion.Method) ? FusionMethods.Weighted : Definition.Fusion.Method);
    }

    /// <summary>Executes all tasks, and explains the verdicts of those that score labels; the encoders are not run again.</summary>
    public async ValueTask<PipelineOutcome> ExecuteAsync(FusedSubsets fused, TaskContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fused);
        ArgumentNullException.ThrowIfNull(context);
        var outcomes = new List<TaskOutcome>(Tasks.Count);
        var own = fused.Used.ToDictionary(modality => modality, _ => new List<TaskOutcome>());
        foreach (var task in Tasks)
        {
            if (task is not IScoredTask scored)
            {
                outcomes.AddRange(await task.ExecuteAsync([fused.InputOf(fused.Used, context) with { Outcomes = [.. outcomes] }], cancellationToken));
                continue;
            }

            var subsets = fused.Subsets;
            var verdicts = await scored.ExecuteAsync([.. subsets.Select(subset => fused.InputOf(subset, context))], cancellationToken);
            var bySubset = subsets.Zip(verdicts.Cast<ScoredOutcome>()).ToDictionary(pair => pair.First, pair => pair.Second);
            var verdict = bySubset[fused.Used];
            outcomes.Add(OutcomeExplainer.Explain(verdict, scored.PriorOf(verdict.Label, context), fused.Used, fused.Counting, bySubset));
            foreach (var modality in fused.Used)
            {
                own[modality].Add(bySubset[ModalitySet.Of(modality)]);
            }
        }

        return new PipelineOutcome(outcomes, own.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<TaskOutcome>)pair.Value));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var preprocessor in _preprocessors.Values.Where(preprocessor => preprocessor.IsValueCreated))
        {
            (preprocessor.Value as IDisposable)?.Dispose();
        }

        foreach (var encoder in _encoders.Values.Where(encoder => encoder.IsValueCreated))
        {
            encoder.Value.Dispose();
        }

        foreach (var fusion in _fusions.Values.Where(fusion => fusion.IsValueCreated))
        {
            (fusion.Value as IDisposable)?.Dispose();
        }

        if (_tasks.IsValueCreated)
        {
            foreach (var task in _tasks.Value.OfType<IDisposable>())
            {
                task.Dispose();
            }
        }
    }

    private IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(Modality modality, IModelFactory models)
    {
        var encoder = models.CreateEncoder(Folder, modality);
        return Definition.Encoders[modality].Transcription?.Through is { } through
            ? new TranscriptEmbedder(encoder, () => Preprocessor(through), () => Encoder(through))
            : encoder;
    }

    private static ITask CreateTask(TaskDefinition task, ModelFolder folder, IModelFactory models, JobNeighbours? neighbours) => task switch
    {
        ClassificationDefinition classification => new Classification(classification, models.CreateHead(folder, classification.Model)),
        TranscriptionDefinition transcription => new Transcription(transcription),
        RetrievalDefinition retrieval => new JobRetrieval(folder, retrieval, neighbours),
        _ => throw new PipelineException($"The task kind of '{task.Name}' is not known."),
    };
}
