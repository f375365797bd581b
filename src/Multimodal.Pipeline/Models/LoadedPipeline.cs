using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tasks.ZeroShot;

namespace Multimodal.Pipeline.Models;

/// <summary>
/// A pipeline ready to work. Its files are checked when it is loaded; a network is opened when it is first used,
/// so that a job without recordings never pays for the audio encoder.
/// </summary>
public sealed class LoadedPipeline : IDisposable
{
    private readonly Dictionary<Modality, Lazy<IPreprocessor>> _preprocessors;
    private readonly Dictionary<Modality, Lazy<IEmbeddingGenerator<Features, Embedding<float>>>> _encoders;
    private readonly OrderedDictionary<string, Lazy<ITask>> _tasks;
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
        Texts = new SpaceTexts(folder, preprocessors, models, () => (Preprocessor(Modality.Text), Encoder(Modality.Text)));
        var opener = new TaskOpener(folder, models, new LabelTexts(Texts), neighbours);
        _tasks = new OrderedDictionary<string, Lazy<ITask>>(
            folder.Definition.Tasks.Select(task => KeyValuePair.Create(task.Name, new Lazy<ITask>(() => opener.Open(task)))));
        _fusions = FusionFactory.Create(folder, models, OpenFirstClassification);
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
    public IReadOnlyList<ITask> Tasks => [.. _tasks.Values.Select(task => task.Value)];

    /// <summary>Encodes what is said to the pipeline itself.</summary>
    public SpaceTexts Texts { get; }

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

    /// <summary>
    /// Executes all tasks, and explains the verdicts of those that score labels; the encoders are not run again. A task that cannot be
    /// executed stands as <see cref="FailedOutcome"/> beside the others.
    /// </summary>
    public async ValueTask<PipelineOutcome> ExecuteAsync(FusedSubsets fused, TaskContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fused);
        ArgumentNullException.ThrowIfNull(context);
        return await new TaskExecution(Definition.Tasks, task => _tasks[task.Name].Value, fused, context).RunAsync(cancellationToken);
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

        foreach (var task in _tasks.Values.Where(task => task.IsValueCreated))
        {
            (task.Value as IDisposable)?.Dispose();
        }

        Texts.Dispose();
    }

    private IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(Modality modality, IModelFactory models)
    {
        var encoder = models.CreateEncoder(Folder, modality);
        return Definition.Encoders[modality].Transcription?.Through is { } through
            ? new TranscriptEmbedder(encoder, () => Preprocessor(through), () => Encoder(through))
            : encoder;
    }

    private Classification OpenFirstClassification() =>
        (Classification)_tasks[Definition.Tasks.OfType<ClassificationDefinition>().First().Name].Value;
}
