namespace Multimodal.Pipeline.Models;

/// <summary>A pipeline of the model repository whose files have all been checked against their hashes.</summary>
/// <param name="Path">The pipeline's folder.</param>
/// <param name="Definition">What its <c>pipeline.json</c> declares.</param>
/// <param name="Digest">
/// SHA-256 of <c>pipeline.json</c>, in lower-case hexadecimal. It names every file's hash, so it identifies the whole pipeline.
/// </param>
public sealed record ModelFolder(string Path, PipelineDefinition Definition, string Digest)
{
    /// <summary>The full path of a listed file.</summary>
    /// <exception cref="PipelineException">The file is not listed under <c>files</c>, so nothing vouches for it.</exception>
    public string PathOf(string file) =>
        Definition.Files.ContainsKey(file)
            ? System.IO.Path.Combine(Path, file)
            : throw new PipelineException(
                $"The pipeline '{Definition.Name}' uses '{file}', which its pipeline.json does not list under \"files\". Add it with its SHA-256.");
}
