using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Lays a model of an exported folder, and what it is read with, into a pipeline that is put together; finds inputs, output, size and preprocessing.</summary>
internal sealed class EncoderStager(IModelInspector inspector, PreprocessorFactory preprocessors)
{
    private static readonly (string Input, Modality Modality)[] MainInputs =
    [
        ("pixel_values", Modality.Image), ("input_ids", Modality.Text), ("input_features", Modality.Audio), ("input_values", Modality.Audio),
    ];

    /// <summary>Lays it there.</summary>
    /// <param name="folder">The exported folder.</param>
    /// <param name="model">The model.</param>
    /// <param name="isTower">Whether it is one of several that share a space.</param>
    /// <param name="staging">Where it is laid.</param>
    /// <param name="prefix">What its files' names begin with there: empty, or a folder with <c>/</c> at the end.</param>
    /// <exception cref="PipelineException">Something of the folder is missing or cannot be used.</exception>
    public ImportedEncoder Stage(ExportFolder folder, ExportedModel model, bool isTower, StagingFolder staging, string prefix = "")
    {
        var path = CopyModel(folder, model, staging, prefix);
        var signature = inspector.Inspect(path);
        var modality = ModalityOf(folder.PathOf(model.Path), signature);
        var output = new OutputFinder(folder).Find(folder.PathOf(model.Path), signature, modality, isTower);
        var preprocessing = new PreprocessingFinder(folder).Find(model.Path, signature, modality);
        foreach (var file in preprocessing.Files)
        {
            staging.Copy(folder.PathOf(file), prefix + file);
        }

        foreach (var (file, content) in preprocessing.Written)
        {
            staging.Write(prefix + file, content);
        }

        var settings = Under(prefix, preprocessing.Settings);
        var transcription = modality == Modality.Audio ? StageDecoder(folder, model, staging, prefix) : null;
        var shape = ShapeOf(path, signature, output, () => MakeFeatures(settings, modality, staging));
        var pooling = output.PoolingOf(shape.Count) ?? throw new PipelineException(
            $"The output '{output.Name}' of {folder.PathOf(model.Path)} has {shape.Count} axes, of which no embedding is made. Export the model with last_hidden_state or pooler_output.");
        var definition = new EncoderDefinition
        {
            Model = prefix + model.Path,
            Dimensions = shape[pooling == Pooling.SpatialMean ? 1 : shape.Count - 1],
            Output = output.Name,
            Pooling = pooling,
            Normalize = output.Normalize,
            PadId = preprocessing.PadId,
            Transcription = transcription,
            Preprocessing = settings,
        };
        return new ImportedEncoder(modality, definition, signature, preprocessing.Words, 0, 0);
    }

    /// <summary>Makes features of a small input, to try an encoder with.</summary>
    public static Features Preprocess(IPreprocessor preprocessor, Modality modality)
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

    private WhisperSettings? StageDecoder(ExportFolder folder, ExportedModel encoder, StagingFolder staging, string prefix)
    {
        var finder = new SpeechFinder(folder);
        if (finder.FindDecoder(encoder) is not { } decoder)
        {
            return null;
        }

        var (settings, files) = finder.Find(decoder);
        foreach (var model in decoder.Models)
        {
            CopyModel(folder, model, staging, prefix);
        }

        foreach (var file in files)
        {
            staging.Copy(folder.PathOf(file), prefix + file);
        }

        return settings with
        {
            Decoder = prefix + settings.Decoder,
            DecoderWithPast = settings.DecoderWithPast is { } past ? prefix + past : null,
            Generation = prefix + settings.Generation,
            Tokenizer = prefix + settings.Tokenizer,
        };
    }

    private string CopyModel(ExportFolder folder, ExportedModel model, StagingFolder staging, string prefix)
    {
        staging.Copy(folder.PathOf(model.Path), prefix + model.Path);
        foreach (var location in inspector.FindExternalData(folder.PathOf(model.Path)))
        {
            var data = ModelFolder.Beside(model.Path, location);
            if (!File.Exists(folder.PathOf(data)))
            {
                throw new PipelineException($"{folder.PathOf(data)} is missing, in which {model.Path} keeps its weights. Copy it beside the model.");
            }

            staging.Copy(folder.PathOf(data), prefix + data);
        }

        return Path.Combine(staging.Path, prefix + model.Path);
    }

    private static PreprocessingSettings Under(string prefix, PreprocessingSettings settings) => prefix.Length == 0 ? settings : settings switch
    {
        ImageSettings image => image with { Config = prefix + image.Config },
        AudioSettings audio => audio with { Config = prefix + audio.Config },
        TokenSettings tokens => tokens with { Tokenizer = prefix + tokens.Tokenizer },
        _ => throw new ArgumentException($"{settings.GetType().Name} is not found in exported folders.", nameof(settings)),
    };

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
        var definition = new PipelineDefinition
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = "trial",
            Version = "0",
            Encoders = new Dictionary<Modality, EncoderDefinition>(),
            Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
            Tasks = [],
            Files = staging.Hashes,
        };
        var preprocessor = preprocessors.Create(settings, new ModelFolder(staging.Path, definition, ""));
        using var owned = preprocessor as IDisposable;
        return Preprocess(preprocessor, modality);
    }

    private IReadOnlyList<int> ShapeOf(string path, ModelSignature signature, EncoderOutput output, Func<Features> features)
    {
        // Where the file itself says how long an embedding is, nothing has to be run.
        var declared = signature.Output(output.Name)!.Shape;
        return output.PoolingOf(declared.Count) is { } pooling && declared[pooling == Pooling.SpatialMean ? 1 : declared.Count - 1] > 0
            ? declared
            : inspector.RunOnce(path, output.Name, features());
    }
}
