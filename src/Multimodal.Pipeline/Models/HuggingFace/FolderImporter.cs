using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text.Json;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>
/// Makes a pipeline of a folder that optimum or transformers.js exported: finds inputs, outputs, sizes and preprocessing, copies what is
/// needed, writes <c>pipeline.json</c>, and proves it with a small input of each modality before it takes its place.
/// </summary>
public sealed class FolderImporter(IModelInspector inspector, PreprocessorFactory preprocessors, IModelFactory models)
{
    private static readonly (string Input, Modality Modality)[] MainInputs =
    [
        ("pixel_values", Modality.Image), ("input_ids", Modality.Text), ("input_features", Modality.Audio), ("input_values", Modality.Audio),
    ];

    /// <summary>Makes the pipeline.</summary>
    /// <param name="request">The folder, and what the pipeline is to be.</param>
    /// <param name="repository">The model repository's folder; made where it is absent.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left of it then.</param>
    /// <exception cref="PipelineException">Something of the folder is missing or cannot be used, or the name is taken; the message names the file and the remedy.</exception>
    public async Task<ImportedPipeline> ImportAsync(ImportRequest request, string repository, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(repository);
        var folder = new ExportFolder(request.Folder);
        var name = PipelineName.Of(request.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder.Path)), isGiven: request.Name is not null);
        var target = Path.Combine(Path.GetFullPath(repository), name);
        if (Path.Exists(target) && !request.Replace)
        {
            throw new PipelineException($"There is a pipeline '{name}' in {Path.GetFullPath(repository)} already. Choose another name by --name, or replace it by --replace.");
        }

        var chosen = ExportLayout.Choose(folder.Files, request.Variant, folder.Path);
        using var staging = new StagingFolder(repository, name);
        var encoders = new SortedDictionary<Modality, ImportedEncoder>();
        foreach (var model in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var encoder = Stage(folder, model, chosen.Count > 1, staging);
            if (!encoders.TryAdd(encoder.Modality, encoder))
            {
                throw new PipelineException($"{model.Path} and {encoders[encoder.Modality].Definition.Model} both encode {encoder.Modality.ToName()}. Remove one from the folder.");
            }
        }

        Write(request, name, folder, encoders, staging);
        var proved = await ProveAsync(name, encoders, staging, cancellationToken);
        staging.Publish(target);
        return new ImportedPipeline(name, target, proved, staging.Hashes.Count, staging.Bytes);
    }

    private ImportedEncoder Stage(ExportFolder folder, ExportedModel model, bool isTower, StagingFolder staging)
    {
        var path = CopyModel(folder, model, staging);
        var signature = inspector.Inspect(path);
        var modality = ModalityOf(folder.PathOf(model.Path), signature);
        var output = new OutputFinder(folder).Find(folder.PathOf(model.Path), signature, modality, isTower);
        var preprocessing = new PreprocessingFinder(folder).Find(model.Path, signature, modality);
        foreach (var file in preprocessing.Files)
        {
            staging.Copy(folder.PathOf(file), file);
        }

        foreach (var (file, content) in preprocessing.Written)
        {
            staging.Write(file, content);
        }

        var transcription = modality == Modality.Audio ? StageDecoder(folder, model, staging) : null;
        var shape = ShapeOf(path, signature, output, () => MakeFeatures(preprocessing.Settings, modality, staging));
        var pooling = output.PoolingOf(shape.Count) ?? throw new PipelineException(
            $"The output '{output.Name}' of {folder.PathOf(model.Path)} has {shape.Count} axes, of which no embedding is made. Export the model with last_hidden_state or pooler_output.");
        var dimensions = shape[pooling == Pooling.SpatialMean ? 1 : shape.Count - 1];
        var definition = new EncoderDefinition
        {
            Model = model.Path,
            Dimensions = dimensions,
            Output = output.Name,
            Pooling = pooling,
            Normalize = output.Normalize,
            PadId = preprocessing.PadId,
            Transcription = transcription,
            Preprocessing = preprocessing.Settings,
        };
        return new ImportedEncoder(modality, definition, signature, preprocessing.Words, 0, 0);
    }

    private WhisperSettings? StageDecoder(ExportFolder folder, ExportedModel encoder, StagingFolder staging)
    {
        var finder = new SpeechFinder(folder);
        if (finder.FindDecoder(encoder) is not { } decoder)
        {
            return null;
        }

        var (settings, files) = finder.Find(decoder);
        foreach (var model in decoder.Models)
        {
            CopyModel(folder, model, staging);
        }

        foreach (var file in files)
        {
            staging.Copy(folder.PathOf(file), file);
        }

        return settings;
    }

    private string CopyModel(ExportFolder folder, ExportedModel model, StagingFolder staging)
    {
        staging.Copy(folder.PathOf(model.Path), model.Path);
        foreach (var location in inspector.FindExternalData(folder.PathOf(model.Path)))
        {
            var data = ModelFolder.Beside(model.Path, location);
            if (!File.Exists(folder.PathOf(data)))
            {
                throw new PipelineException($"{folder.PathOf(data)} is missing, in which {model.Path} keeps its weights. Copy it beside the model.");
            }

            staging.Copy(folder.PathOf(data), data);
        }

        return Path.Combine(staging.Path, model.Path);
    }

    private static Modality ModalityOf(string path, ModelSignature signature)
    {
        if (signature.Inputs.FirstOrDefault(input =>
            input.Name is "decoder_input_ids" or "encoder_hidden_states" || input.Name.StartsWith("past_key_values", StringComparison.Ordinal)) is { } decoding)
        {
            throw new PipelineException(
                $"{path} is a decoder: it takes {decoding.Name}. Export the encoder: optimum-cli export onnx --task feature-extraction.");
        }

        var taken = MainInputs.Where(main => signature.Takes(main.Input)).ToList();
        return taken switch
        {
            [var (_, modality)] => modality,
            [] => throw new PipelineException(
                $"{path} takes {string.Join(", ", signature.Inputs.Select(input => input.Name))}; an encoder takes one of {string.Join(", ", MainInputs.Select(main => main.Input))}."),
            _ => throw new PipelineException(
                $"{path} takes {string.Join(" and ", taken.Select(main => main.Input))} at once, so that neither can be encoded alone. " +
                "Export the towers apart, as folders for transformers.js have them: text_model.onnx and vision_model.onnx or audio_model.onnx."),
        };
    }

    private Features MakeFeatures(PreprocessingSettings settings, Modality modality, StagingFolder staging)
    {
        var folder = new ModelFolder(staging.Path, Define("trial", "0", "", new SortedDictionary<Modality, ImportedEncoder>(), staging), "");
        var preprocessor = preprocessors.Create(settings, folder);
        using var owned = preprocessor as IDisposable;
        return Preprocess(preprocessor, modality);
    }

    private static Features Preprocess(IPreprocessor preprocessor, Modality modality)
    {
        var input = TrialInputs.Of(modality);
        try
        {
            return preprocessor.Preprocess(input, ContentDetector.Detect(input).MediaType);
        }
        catch (InputException e)
        {
            throw new PipelineException($"The {modality.ToName()} preprocessing of the folder refuses a small input: {e.Message}", e);
        }
    }

    private IReadOnlyList<int> ShapeOf(string path, ModelSignature signature, EncoderOutput output, Func<Features> features)
    {
        // Where the file itself says how long an embedding is, nothing has to be run.
        var declared = signature.Output(output.Name)!.Shape;
        return output.PoolingOf(declared.Count) is { } pooling && declared[pooling == Pooling.SpatialMean ? 1 : declared.Count - 1] > 0
            ? declared
            : inspector.RunOnce(path, output.Name, features());
    }

    private static void Write(
        ImportRequest request, string name, ExportFolder folder, SortedDictionary<Modality, ImportedEncoder> encoders, StagingFolder staging)
    {
        if (encoders.Values.Select(encoder => encoder.Definition.Dimensions).Distinct().Count() > 1)
        {
            throw new PipelineException(
                $"The models of {folder.Path} give embeddings of different lengths: {string.Join(", ", encoders.Values.Select(encoder => $"{encoder.Modality.ToName()} {encoder.Definition.Dimensions}"))}. " +
                "Export them with their projections, so that they share a space.");
        }

        foreach (var (file, content) in request.Beside)
        {
            staging.WriteBeside(file, content);
        }

        var kind = folder.ModelType.Length > 0 ? folder.ModelType : "model";
        var transcripts = encoders.Values.Any(encoder => encoder.Definition.Transcription is not null) ? "Transcripts and embeddings" : "Embeddings";
        var description = $"{transcripts} of {string.Join(" and ", encoders.Keys.Select(Plural))} by a {kind}{(request.Origin is { } origin ? $", {origin}" : "")}.";
        staging.WriteBeside(
            ModelRepository.DefinitionFile,
            JsonSerializer.SerializeToUtf8Bytes(Define(name, request.Version, description, encoders, staging), PipelineJson.Default.PipelineDefinition));
    }

    private static PipelineDefinition Define(
        string name, string version, string description, SortedDictionary<Modality, ImportedEncoder> encoders, StagingFolder staging) => new()
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = name,
            Version = version,
            Description = description,
            Encoders = encoders.ToDictionary(pair => pair.Key, pair => pair.Value.Definition),
            Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
            Tasks = encoders.Values.Any(encoder => encoder.Definition.Transcription is not null) ? [new TranscriptionDefinition { Name = "transcript" }] : [],
            Files = staging.Hashes,
        };

    private static string Plural(Modality modality) => modality switch
    {
        Modality.Image => "pictures",
        Modality.Text => "texts",
        _ => "recordings",
    };

    /// <summary>What will be loaded later is loaded here, and encodes a small input of each modality.</summary>
    private async Task<IReadOnlyList<ImportedEncoder>> ProveAsync(
        string name, SortedDictionary<Modality, ImportedEncoder> encoders, StagingFolder staging, CancellationToken cancellationToken)
    {
        using var pipeline = new LoadedPipeline(staging.Repository.Load(name), preprocessors, models);
        var proved = new List<ImportedEncoder>();
        foreach (var (modality, encoder) in encoders)
        {
            var begun = Stopwatch.GetTimestamp();
            var features = Preprocess(pipeline.Preprocessor(modality), modality);
            var embedding = (await pipeline.Encoder(modality).GenerateAsync([features], cancellationToken: cancellationToken))[0].Vector;
            var norm = TensorPrimitives.Norm(embedding.Span);
            proved.Add(float.IsFinite(norm) && norm > 0
                ? encoder with { Norm = norm, Milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds }
                : throw new PipelineException($"{encoder.Definition.Model} gives no usable embedding for a small {modality.ToName()} input: its values are zero or not finite."));
        }

        return proved;
    }
}
