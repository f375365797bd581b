using System.Globalization;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Bench;

/// <summary>What is encoded: files, preprocessed once; else noise of the shapes that the encoder declares.</summary>
internal sealed class BenchInputs(LoadedPipeline pipeline, OnnxModelFactory models, ModelRepository repository)
{
    private readonly SampleFeatures _samples = new(pipeline);

    /// <summary>The inputs of a modality.</summary>
    /// <param name="modality">The encoder.</param>
    /// <param name="given">A folder or a file; null: the pipeline's samples.</param>
    /// <returns>One or more, and what they are, in words.</returns>
    /// <exception cref="UsageException">What is given holds nothing of this modality that can be used.</exception>
    public (IReadOnlyList<Features> Features, string Words) Read(Modality modality, string? given)
    {
        List<Features> features = [.. given is null ? _samples.Of(modality, repository) : _samples.Of(modality, FilesOf(given))];
        return features.Count > 0
            ? (features, string.Create(CultureInfo.InvariantCulture, $"{features.Count} {(given is null ? "samples" : "files")}"))
            : given is null
                ? ([models.MakeUp(pipeline.Folder, modality)], "noise")
                : throw new UsageException($"'{given}' holds no {modality.ToName()} that can be used.");
    }

    private static IEnumerable<FileInfo> FilesOf(string given) =>
        Directory.Exists(given) ? new DirectoryInfo(given).EnumerateFiles("*", SearchOption.AllDirectories)
        : File.Exists(given) ? [new FileInfo(given)]
        : throw new UsageException($"'{given}' does not exist.");
}
