using System.Text.Json;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Models.Provenance;
using Multimodal.Pipeline.Models.Signing;

namespace Multimodal.Pipeline.Models;

/// <summary>Writes a pipeline that is made of another: its files, some of them new, and a definition of its own.</summary>
public static class DerivedPipeline
{
    private static readonly string[] Terms = ["LICENSE", "LICENCE", "NOTICE", "COPYING", "USE_POLICY"];

    /// <summary>Writes it, proved to load before it takes its place.</summary>
    /// <param name="basis">The pipeline that it is made of.</param>
    /// <param name="definition">
    /// The definition; the hashes of its files are found out, and the basis becomes its parent.
    /// </param>
    /// <param name="files">Files that are new, by name.</param>
    /// <param name="repository">The model repository's folder.</param>
    /// <param name="replace">Whether a pipeline of that name gives way. The next version of the basis itself keeps what lies beside its files.</param>
    /// <param name="step">What is done with the basis, for its provenance.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="PipelineException">The name is taken, or the definition is faulty.</exception>
    public static string Write(
        ModelFolder basis, PipelineDefinition definition, IReadOnlyDictionary<string, byte[]> files, string repository, bool replace, string? step = null)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(files);
        var target = FindPlace(definition, repository, replace);
        using var staging = new StagingFolder(repository, definition.Name);

        // What only tasks and fusions that are gone would read stays behind.
        var gone = HeadsAndGraphs(basis.Definition).Except(HeadsAndGraphs(definition), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var file in basis.Definition.Files.Keys.Where(file => !gone.Contains(file) && !files.ContainsKey(file)))
        {
            staging.Copy(basis.PathOf(file), file);
        }

        foreach (var (file, content) in files)
        {
            staging.Write(file, content);
        }

        if (definition.Name == basis.Definition.Name)
        {
            CopyBeside(basis, staging);
        }

        return Publish(staging, basis, definition, step, target);
    }

    /// <summary>Writes another version of a pipeline beside it, some of whose files are others. Samples, labelled texts and licences go with it.</summary>
    /// <param name="basis">The pipeline that it is a version of.</param>
    /// <param name="definition">The definition; the hashes of its files are found out.</param>
    /// <param name="files">The files that are others, by name: where they lie.</param>
    /// <param name="gone">Files of the basis that it has no more.</param>
    /// <param name="beside">What lies beside its files, such as its card, by name.</param>
    /// <param name="repository">The model repository's folder.</param>
    /// <param name="replace">Whether a pipeline of that name gives way.</param>
    /// <param name="step">What is done with the basis, for its provenance.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="PipelineException">The name is taken, or the definition is faulty.</exception>
    public static string WriteVersion(
        ModelFolder basis,
        PipelineDefinition definition,
        IReadOnlyDictionary<string, string> files,
        IReadOnlyCollection<string> gone,
        IReadOnlyDictionary<string, byte[]> beside,
        string repository,
        bool replace,
        string? step = null)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(gone);
        ArgumentNullException.ThrowIfNull(beside);
        var target = FindPlace(definition, repository, replace);
        using var staging = new StagingFolder(repository, definition.Name);
        foreach (var file in basis.Definition.Files.Keys.Where(file => !files.ContainsKey(file) && !gone.Contains(file)))
        {
            staging.Copy(basis.PathOf(file), file);
        }

        foreach (var (file, path) in files)
        {
            staging.Copy(path, file);
        }

        foreach (var path in Directory.EnumerateFiles(basis.Path, "*", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(basis.Path, path).Replace(Path.DirectorySeparatorChar, '/');
            if (GoesAlong(file) && !staging.Hashes.ContainsKey(file) && !beside.ContainsKey(file))
            {
                staging.WriteBeside(file, File.ReadAllBytes(path));
            }
        }

        foreach (var (file, content) in beside)
        {
            staging.WriteBeside(file, content);
        }

        return Publish(staging, basis, definition, step, target);
    }

    private static string FindPlace(PipelineDefinition definition, string repository, bool replace)
    {
        var target = Path.Combine(Path.GetFullPath(repository), definition.Name);
        return !Path.Exists(target) || replace ? target : throw new PipelineException(
            $"There is a pipeline '{definition.Name}' in {Path.GetFullPath(repository)} already. Choose another name by --name, or let it give way by --replace.");
    }

    private static string Publish(StagingFolder staging, ModelFolder basis, PipelineDefinition definition, string? step, string target)
    {
        staging.WriteBeside(
            ModelRepository.DefinitionFile,
            JsonSerializer.SerializeToUtf8Bytes(
                definition with { Files = staging.Hashes, Provenance = Trace(basis, definition, step) }, PipelineJson.Default.PipelineDefinition));
        staging.Repository.Load(definition.Name);
        staging.Publish(target);
        return target;
    }

    // What is told of the training stays told; the basis tells of its own parents.
    private static PipelineProvenance Trace(ModelFolder basis, PipelineDefinition definition, string? step) =>
        (definition.Provenance ?? new PipelineProvenance()) with
        {
            Parents = [new ProvenanceParent { Name = basis.Definition.Name, Version = basis.Definition.Version, Sha256 = basis.Digest, Step = step }],
        };

    // What holds of every version: its samples, the texts and answers that it is evaluated by, and on what terms it may be used.
    private static bool GoesAlong(string file) =>
        file == "samples.json" || file.StartsWith("samples/", StringComparison.Ordinal) || file.StartsWith("evaluation/", StringComparison.Ordinal)
        || (!file.Contains('/', StringComparison.Ordinal) && Terms.Any(name => file.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> HeadsAndGraphs(PipelineDefinition definition) =>
        definition.Tasks.OfType<ClassificationDefinition>().Select(task => task.Model).Concat(definition.Fusion.Graphs.Values);

    // Samples, cards and locks are no files that a pipeline loads, but its keeper's. A signature is of the definition that gives way.
    private static void CopyBeside(ModelFolder basis, StagingFolder staging)
    {
        foreach (var path in Directory.EnumerateFiles(basis.Path, "*", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(basis.Path, path).Replace(Path.DirectorySeparatorChar, '/');
            if (file is not (ModelRepository.DefinitionFile or PipelineSignature.FileName) && !basis.Definition.Files.ContainsKey(file) && !staging.Hashes.ContainsKey(file))
            {
                staging.WriteBeside(file, File.ReadAllBytes(path));
            }
        }
    }
}
