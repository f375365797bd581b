using System.Text.Json;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>
/// Makes a pipeline of a folder that optimum or transformers.js exported: finds inputs, outputs, sizes and preprocessing, copies what is
/// needed, writes <c>pipeline.json</c>, and proves it with a small input of each modality before it takes its place.
/// </summary>
public sealed class FolderImporter(IModelInspector inspector, PreprocessorFactory preprocessors, IModelFactory models)
{
    private readonly EncoderStager _stager = new(inspector, preprocessors);

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
            var encoder = _stager.Stage(folder, model, chosen.Count > 1, staging);
            if (!encoders.TryAdd(encoder.Modality, encoder))
            {
                throw new PipelineException($"{model.Path} and {encoders[encoder.Modality].Definition.Model} both encode {encoder.Modality.ToName()}. Remove one from the folder.");
            }
        }

        Write(request, name, folder, encoders, staging);
        var proved = await new ImportProof(preprocessors, models).RunAsync(name, encoders, staging, cancellationToken);
        staging.Publish(target);
        return new ImportedPipeline(name, target, proved, staging.Hashes.Count, staging.Bytes);
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
            JsonSerializer.SerializeToUtf8Bytes(Define(name, request, description, encoders, staging), PipelineJson.Default.PipelineDefinition));
    }

    private static PipelineDefinition Define(
        string name, ImportRequest request, string description, SortedDictionary<Modality, ImportedEncoder> encoders, StagingFolder staging) => new()
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = name,
            Version = request.Version,
            Description = description,
            Encoders = encoders.ToDictionary(pair => pair.Key, pair => pair.Value.Definition),
            Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
            Tasks = encoders.Values.Any(encoder => encoder.Definition.Transcription is not null) ? [new TranscriptionDefinition { Name = "transcript" }] : [],
            Files = staging.Hashes,
            Provenance = request.Provenance,
        };

    private static string Plural(Modality modality) => modality switch
    {
        Modality.Image => "pictures",
        Modality.Text => "texts",
        _ => "recordings",
    };
}
