using System.Security.Cryptography;
using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Parity;

namespace Multimodal.Local.Repository;

/// <summary>Makes a pipeline's references of its samples, as this machine computes them, and writes them into its folder.</summary>
internal sealed class ReferenceWriter(LoadedPipeline pipeline, ModelRepository repository)
{
    // Enough to tell an encoder by, few enough to be computed at every start.
    private const int MostItems = 4;

    /// <exception cref="UsageException">The pipeline has no sample of an encoder's modality.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var definition = pipeline.Definition;
        var (encoders, files) = (definition.Encoders.ToDictionary(), definition.Files.ToDictionary(StringComparer.Ordinal));
        foreach (var (modality, encoder) in definition.Encoders)
        {
            var file = $"{modality.ToName()}-reference.safetensors";
            var bytes = ReferenceFile.Write(await MakeAsync(modality, cancellationToken));
            await File.WriteAllBytesAsync(Path.Combine(pipeline.Folder.Path, file), bytes, cancellationToken);
            encoders[modality] = encoder with { Reference = file };
            files[file] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }

        var changed = definition with { Encoders = encoders, Files = new SortedDictionary<string, string>(files, StringComparer.Ordinal) };
        var json = JsonSerializer.Serialize(changed, PipelineJson.Default.PipelineDefinition);
        await File.WriteAllTextAsync(Path.Combine(pipeline.Folder.Path, ModelRepository.DefinitionFile), json + "\n", cancellationToken);
    }

    private async Task<List<ReferenceItem>> MakeAsync(Modality modality, CancellationToken cancellationToken)
    {
        var items = new List<ReferenceItem>();
        foreach (var features in new SampleFeatures(pipeline).Of(modality, repository).Where(features => features.Windows is null).Take(MostItems))
        {
            var embeddings = await pipeline.Encoder(modality).GenerateAsync([features], cancellationToken: cancellationToken);
            items.Add(new ReferenceItem(features, embeddings[0].Vector));
        }

        return items.Count > 0 ? items : throw new UsageException(
            $"'{pipeline.Definition.Name}' has no sample of {modality.ToName()} to make references of. Put one into its folder samples/.");
    }
}
