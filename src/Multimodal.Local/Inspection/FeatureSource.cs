using Multimodal.Local.Repository;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Local.Inspection;

/// <summary>What prepares files: the preprocessors of a pipeline, or one that a file of somebody's configures.</summary>
internal sealed class FeatureSource : IDisposable
{
    private readonly Dictionary<Modality, IPreprocessor> _preprocessors = [];
    private readonly PreprocessorFactory _factory;

    private FeatureSource(PreprocessorFactory factory, string name, ModelFolder folder, IReadOnlyDictionary<Modality, PreprocessingSettings> settings) =>
        (_factory, Name, Folder, Settings) = (factory, name, folder, settings);

    /// <summary>Its name, for people.</summary>
    public string Name { get; }

    /// <summary>The folder that its files lie in.</summary>
    public ModelFolder Folder { get; }

    /// <summary>How inputs are made, by modality.</summary>
    public IReadOnlyDictionary<Modality, PreprocessingSettings> Settings { get; }

    /// <exception cref="PipelineException">The pipeline or the file does not exist, or cannot be used.</exception>
    public static FeatureSource Open(FeaturesSettings settings, PreprocessorFactory factory)
    {
        if (settings.Pipeline is { } pipeline)
        {
            var folder = ModelTrustVariables.Open(settings.Models).Load(pipeline);
            return new FeatureSource(factory, pipeline, folder, folder.Definition.Encoders.ToDictionary(pair => pair.Key, pair => pair.Value.Preprocessing));
        }

        var path = settings.Preprocessor ?? settings.Tokenizer!;
        if (!File.Exists(path))
        {
            throw new UsageException($"'{path}' does not exist.");
        }

        var file = Path.GetFileName(path);
        PreprocessingSettings own = settings.Tokenizer is not null ? new TokenSettings { Tokenizer = file }
            : PreprocessorKind.OfFile(path) == Modality.Audio ? new AudioSettings { Config = file }
            : new ImageSettings { Config = file, FastJpeg = !settings.Exact };
        var source = new FeatureSource(
            factory, path, FolderOf(path), new Dictionary<Modality, PreprocessingSettings> { [own.Modality] = own });

        // Refused at once, before any file is read.
        source.Find(own.Modality);
        return source;
    }

    /// <summary>The preprocessor of a modality, or null where there is none.</summary>
    /// <exception cref="PipelineException">Its settings cannot be used.</exception>
    public IPreprocessor? Find(Modality modality)
    {
        if (!_preprocessors.TryGetValue(modality, out var preprocessor) && Settings.TryGetValue(modality, out var settings))
        {
            _preprocessors[modality] = preprocessor = _factory.Create(settings, Folder);
        }

        return preprocessor;
    }

    public void Dispose()
    {
        foreach (var preprocessor in _preprocessors.Values.OfType<IDisposable>())
        {
            preprocessor.Dispose();
        }
    }

    // Of a folder that is no pipeline every file beside the one that was named may be read.
    private static ModelFolder FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new ModelFolder(
            folder,
            new PipelineDefinition
            {
                Schema = PipelineDefinition.CurrentSchema,
                Name = Path.GetFileName(folder),
                Version = "0",
                Encoders = new Dictionary<Modality, EncoderDefinition>(),
                Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
                Tasks = [],
                Files = Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), _ => ""),
            },
            "");
    }
}
