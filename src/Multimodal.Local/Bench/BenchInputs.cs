using System.Globalization;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Bench;

/// <summary>What is encoded: files, preprocessed once; else noise of the shapes that the encoder declares.</summary>
internal sealed class BenchInputs(LoadedPipeline pipeline, OnnxModelFactory models, PipelineSamples samples)
{
    /// <summary>The inputs of a modality.</summary>
    /// <param name="modality">The encoder.</param>
    /// <param name="given">A folder or a file; null: the pipeline's samples.</param>
    /// <returns>One or more, and what they are, in words.</returns>
    /// <exception cref="UsageException">What is given holds nothing of this modality that can be used.</exception>
    public (IReadOnlyList<Features> Features, string Words) Read(Modality modality, string? given)
    {
        var features = FilesOf(given).Select(file => TryRead(modality, file)).OfType<Features>().ToList();
        return features.Count > 0
            ? (features, string.Create(CultureInfo.InvariantCulture, $"{features.Count} {(given is null ? "samples" : "files")}"))
            : given is null
                ? ([models.MakeUp(pipeline.Folder, modality)], "noise")
                : throw new UsageException($"'{given}' holds no {modality.ToName()} that can be used.");
    }

    private IEnumerable<FileInfo> FilesOf(string? given)
    {
        if (given is null)
        {
            return samples.List()
                .Where(sample => sample.Pipeline == pipeline.Definition.Name)
                .SelectMany(sample => sample.Files.Select(file => samples.FileOf(sample, file)));
        }

        return Directory.Exists(given) ? new DirectoryInfo(given).EnumerateFiles("*", SearchOption.AllDirectories)
            : File.Exists(given) ? [new FileInfo(given)]
            : throw new UsageException($"'{given}' does not exist.");
    }

    private Features? TryRead(Modality modality, FileInfo file)
    {
        try
        {
            var content = new InputContent(file.Name, File.ReadAllBytes(file.FullName));
            var detected = ContentDetector.Detect(content);
            return detected.Modality == modality ? pipeline.Preprocessor(modality).Preprocess(content, detected.MediaType) : null;
        }
        catch (InputException)
        {
            // Samples may be broken on purpose.
            return null;
        }
    }
}
