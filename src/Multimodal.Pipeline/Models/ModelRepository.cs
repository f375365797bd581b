using System.Security.Cryptography;
using System.Text.Json;
using Multimodal.Pipeline.Models.Signing;

namespace Multimodal.Pipeline.Models;

/// <summary>The folder <c>models/</c>: a folder for each pipeline, with a <c>pipeline.json</c> in it.</summary>
public sealed class ModelRepository
{
    /// <summary>The file that declares a pipeline.</summary>
    public const string DefinitionFile = "pipeline.json";

    private readonly string _root;
    private readonly ModelTrust? _trust;

    /// <summary>Reads pipelines under a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="trust">Refuses what is not signed as it has to be; null: nothing but hashes is asked for.</param>
    public ModelRepository(string root, ModelTrust? trust = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        _root = Path.GetFullPath(root);
        _trust = trust;
    }

    /// <summary>The folder of a listed pipeline.</summary>
    internal string FolderOf(string name) => Path.Combine(_root, name);

    /// <summary>The names of the pipelines, sorted.</summary>
    public IReadOnlyList<string> List() =>
        Directory.Exists(_root)
            ? [.. Directory.EnumerateDirectories(_root)
                .Where(folder => File.Exists(Path.Combine(folder, DefinitionFile)))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Reads a pipeline and checks its signature, where one is asked for, and every file that it lists.</summary>
    /// <exception cref="PipelineException">It does not exist, is malformed, not vouched for, or a file's hash differs.</exception>
    public ModelFolder Load(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folder = Path.Combine(_root, name);
        var file = Path.Combine(folder, DefinitionFile);
        if (Path.GetFileName(name) != name || name is "" or "." or ".." || !File.Exists(file))
        {
            var known = List();
            throw new PipelineException(
                $"There is no pipeline '{name}' in {_root}. " +
                (known.Count == 0 ? "The folder holds no pipelines." : $"It holds: {string.Join(", ", known)}."));
        }

        // The bytes that are judged are those that are read.
        var bytes = File.ReadAllBytes(file);
        var signature = _trust?.Require(folder, bytes);
        var definition = Parse(bytes, file);
        PipelineDefinitionValidator.Validate(definition, name, file);
        _trust?.RequireFiles(folder, definition);
        foreach (var (path, hash) in definition.Files)
        {
            Verify(folder, path, hash);
        }

        return new ModelFolder(folder, definition, Convert.ToHexStringLower(SHA256.HashData(bytes))) { Signature = signature, IsChecked = true };
    }

    private static PipelineDefinition Parse(byte[] bytes, string file)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, PipelineJson.Default.PipelineDefinition)
                ?? throw new PipelineException($"{file} is empty.");
        }
        catch (JsonException e)
        {
            throw new PipelineException($"{file} is not a valid pipeline definition: {e.Message}", e);
        }
    }

    private static void Verify(string folder, string file, string expected)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new PipelineException($"{Path.Combine(folder, DefinitionFile)} lists '{file}', which lies outside of its folder.");
        }

        if (!File.Exists(path))
        {
            throw new PipelineException($"{path} is missing; {Path.Combine(folder, DefinitionFile)} lists it with SHA-256 {expected}.");
        }

        if (!RealPath.Of(path).StartsWith(RealPath.Of(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new PipelineException($"{path} is a link that leads out of its folder. Put the file itself there.");
        }

        FileHash.Require(path, expected);
    }
}
