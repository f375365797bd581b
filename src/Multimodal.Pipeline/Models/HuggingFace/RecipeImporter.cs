using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models.Recipes;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Makes the pipeline of a recipe, of the folders that its sources' files were fetched into; it is proved before it takes its place.</summary>
public sealed class RecipeImporter(IModelInspector inspector, PreprocessorFactory preprocessors, IModelFactory models)
{
    private readonly EncoderStager _stager = new(inspector, preprocessors);

    /// <summary>The files that a source must have for a recipe, as far as their names tell.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="source">The source's name in it.</param>
    /// <param name="variant">The variant of its ONNX files.</param>
    /// <param name="files">Every file that it has.</param>
    /// <exception cref="PipelineException">One is missing.</exception>
    public static IReadOnlyList<string> Needed(PipelineRecipe recipe, string source, string variant, IReadOnlyCollection<string> files)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(files);
        var declared = recipe.Sources[source];
        var roles = recipe.AllEncoders.Where(encoder => encoder.Source == source).Select(encoder => encoder.Model).Distinct().ToList();
        var chosen = roles.Select(role => ExportLayout.ChooseRole(files, role, variant, declared.Repository)).ToList();
        return declared.Files.FirstOrDefault(file => !files.Contains(file)) is { } missing
            ? throw new PipelineException($"{declared.Repository} has no {missing}, which the recipe '{recipe.Name}' needs. Name another revision in the recipe.")
            : [.. ExportLayout.Needed(files, chosen).Union(declared.Files, StringComparer.Ordinal)];
    }

    /// <summary>Makes the pipeline.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="folders">Where each source's files lie, and of which variant they are.</param>
    /// <param name="request">Name, version, what is laid beside it; its folder does not matter.</param>
    /// <param name="repository">The model repository's folder; made where it is absent.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left of it then.</param>
    /// <exception cref="PipelineException">Something is missing or cannot be used, or the name is taken.</exception>
    public async Task<ImportedPipeline> ImportAsync(
        PipelineRecipe recipe,
        IReadOnlyDictionary<string, (string Folder, string Variant)> folders,
        ImportRequest request,
        string repository,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(request);
        var name = PipelineName.Of(request.Name ?? recipe.Name, isGiven: true);
        var target = Path.Combine(Path.GetFullPath(repository), name);
        if (Path.Exists(target) && !request.Replace)
        {
            throw new PipelineException($"There is a pipeline '{name}' in {Path.GetFullPath(repository)} already. Choose another name by --name.");
        }

        using var staging = new StagingFolder(repository, name);
        var encoders = new SortedDictionary<Modality, ImportedEncoder>();
        foreach (var (modality, encoder) in recipe.Encoders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            encoders[modality] = Stage(recipe, encoder, modality, folders, staging);
        }

        foreach (var (modality, encoder) in recipe.Encoders.Where(pair => pair.Value.Through is not null))
        {
            encoders[modality] = Lead(recipe, encoders[modality], encoder.Through!.Value, encoders);
        }

        var labels = recipe.LabelEncoders.ToDictionary(
            pair => pair.Key, pair => Stage(recipe, pair.Value with { Space = pair.Key }, Modality.Text, folders, staging).Definition);
        foreach (var (source, declared) in recipe.Sources)
        {
            foreach (var file in declared.Files)
            {
                staging.Copy(Path.Combine(folders[source].Folder, file), $"{source}/{file}");
            }
        }

        foreach (var (file, content) in request.Beside)
        {
            staging.WriteBeside(file, content);
        }

        var definition = new PipelineDefinition
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = name,
            Version = request.Version,
            Description = recipe.Description,
            Encoders = encoders.ToDictionary(pair => pair.Key, pair => pair.Value.Definition),
            LabelEncoders = labels,
            Fusion = recipe.Fusion,
            Tasks = recipe.Tasks,
            Files = staging.Hashes,
            Provenance = request.Provenance,
        };
        staging.WriteBeside(ModelRepository.DefinitionFile, JsonSerializer.SerializeToUtf8Bytes(definition, PipelineJson.Default.PipelineDefinition));
        var proved = await new ImportProof(preprocessors, models).RunAsync(name, encoders, staging, cancellationToken);
        staging.Publish(target);
        return new ImportedPipeline(name, target, proved, staging.Hashes.Count, staging.Bytes);
    }

    // What is said is encoded by another encoder, so that the embedding is one of that.
    private static ImportedEncoder Lead(
        PipelineRecipe recipe, ImportedEncoder encoder, Modality through, SortedDictionary<Modality, ImportedEncoder> encoders) =>
        encoder.Definition.Transcription is { } transcription && encoders.TryGetValue(through, out var target)
            ? encoder with
            {
                Definition = encoder.Definition with
                {
                    Transcription = transcription with { Through = through },
                    Dimensions = target.Definition.Dimensions,
                },
            }
            : throw new PipelineException(
                $"The recipe '{recipe.Name}' leads {encoder.Modality.ToName()} through {through.ToName()}, for which it needs a source that writes down speech, and an encoder of {through.ToName()}.");

    private ImportedEncoder Stage(
        PipelineRecipe recipe,
        RecipeEncoder encoder,
        Modality modality,
        IReadOnlyDictionary<string, (string Folder, string Variant)> folders,
        StagingFolder staging)
    {
        var (path, variant) = folders[encoder.Source];
        var folder = new ExportFolder(path);
        var model = ExportLayout.ChooseRole(folder.Files, encoder.Model, variant, recipe.Sources[encoder.Source].Repository);
        var staged = _stager.Stage(folder, model, ExportLayout.IsTower(encoder.Model), staging, $"{encoder.Source}/");
        return staged.Modality == modality
            ? staged with { Definition = staged.Definition with { Space = encoder.Space } }
            : throw new PipelineException(
                $"{model.Path} of {recipe.Sources[encoder.Source].Repository} encodes {staged.Modality.ToName()}, not {modality.ToName()}, which the recipe '{recipe.Name}' says.");
    }
}
