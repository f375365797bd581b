using Multimodal.Pipeline.Models.Signing;

namespace Multimodal.Pipeline.Models;

/// <summary>A pipeline of the model repository whose files have all been checked against their hashes.</summary>
/// <param name="Path">The pipeline's folder.</param>
/// <param name="Definition">What its <c>pipeline.json</c> declares.</param>
/// <param name="Digest">
/// SHA-256 of <c>pipeline.json</c>, in lower-case hexadecimal. It names every file's hash, so it identifies the whole pipeline.
/// </param>
public sealed record ModelFolder(string Path, PipelineDefinition Definition, string Digest)
{
    /// <summary>What was found of its signature; null where no keys are known.</summary>
    public SignatureVerdict? Signature { get; init; }

    /// <summary>Whether a repository checked its files; where it did, they are checked again when they are read, for they may have been exchanged since.</summary>
    public bool IsChecked { get; init; }

    /// <summary>The full path of a listed file.</summary>
    /// <exception cref="PipelineException">The file is not listed under <c>files</c>, so nothing vouches for it.</exception>
    public string PathOf(string file) =>
        Definition.Files.ContainsKey(file)
            ? System.IO.Path.Combine(Path, file)
            : throw new PipelineException(
                $"The pipeline '{Definition.Name}' uses '{file}', which its pipeline.json does not list under \"files\". Add it with its SHA-256.");

    /// <summary>The full path of a listed file that is about to be read, whose content is checked once more.</summary>
    /// <exception cref="PipelineException">The file is not listed under <c>files</c>, or is not the one that is.</exception>
    public string CheckedPathOf(string file)
    {
        var path = PathOf(file);
        if (IsChecked)
        {
            FileHash.Require(path, Definition.Files[file]);
        }

        return path;
    }

    /// <summary>The name, within the pipeline's folder, of a file that a model names beside itself.</summary>
    /// <param name="model">The model's name within the folder.</param>
    /// <param name="location">The file, relative to the model, with <c>/</c>.</param>
    /// <exception cref="PipelineException">It does not lie in the model's folder or below it.</exception>
    public static string Beside(string model, string location)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(location);
        var parts = location.Split('/', '\\').Where(part => part != ".").ToList();
        if (System.IO.Path.IsPathRooted(location) || location.Contains(':', StringComparison.Ordinal) || parts.Count == 0 || parts.Any(part => part is "" or ".."))
        {
            throw new PipelineException($"{model} keeps data in '{location}', which does not lie in its folder. Export the model again, with its data beside it.");
        }

        var folder = model.LastIndexOf('/') is >= 0 and var end ? model[..(end + 1)] : "";
        return folder + string.Join('/', parts);
    }
}
