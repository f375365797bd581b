using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>
/// Where a pipeline is put together: within the model repository, so that it takes its place by one renaming, under a name that is no
/// pipeline's. What is not finished is deleted.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Prefix = ".adding-";

    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly string _root;
    private readonly string _name;

    public StagingFolder(string repository, string name)
    {
        Directory.CreateDirectory(repository);
        DeleteForgotten(repository);
        _root = System.IO.Path.Combine(repository, $"{Prefix}{Guid.NewGuid():N}");
        _name = name;
        Directory.CreateDirectory(Path);
    }

    /// <summary>A model repository that holds this pipeline alone.</summary>
    public ModelRepository Repository => new(_root);

    /// <summary>The pipeline's folder.</summary>
    public string Path => System.IO.Path.Combine(_root, _name);

    /// <summary>The files that are there, with their SHA-256.</summary>
    public SortedDictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    /// <summary>How many bytes they have.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies a file.</summary>
    public void Copy(string source, string file)
    {
        if (!Hashes.ContainsKey(file))
        {
            File.Copy(source, Make(file));
            Add(file);
        }
    }

    /// <summary>Writes a file.</summary>
    public void Write(string file, byte[] content)
    {
        File.WriteAllBytes(Make(file), content);
        Add(file);
    }

    /// <summary>Writes a file that the pipeline does not load.</summary>
    public void WriteBeside(string file, byte[] content) => File.WriteAllBytes(Make(file), content);

    /// <summary>Gives the pipeline its place; one that is there gives way.</summary>
    public void Publish(string target)
    {
        var old = System.IO.Path.Combine(_root, "old");
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        try
        {
            Directory.Move(Path, target);
        }
        catch when (Directory.Exists(old))
        {
            Directory.Move(old, target);
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Make(string file)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    private void Add(string file)
    {
        using var stream = File.OpenRead(System.IO.Path.Combine(Path, file));
        Hashes[file] = Convert.ToHexStringLower(SHA256.HashData(stream));
        Bytes += stream.Length;
    }

    // A process that was killed leaves its folder behind.
    private static void DeleteForgotten(string repository)
    {
        foreach (var folder in new DirectoryInfo(repository).EnumerateDirectories(Prefix + "*").Where(folder => DateTime.UtcNow - folder.LastWriteTimeUtc > Forgotten))
        {
            folder.Delete(recursive: true);
        }
    }
}
