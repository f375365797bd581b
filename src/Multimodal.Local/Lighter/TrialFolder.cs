using System.Globalization;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter;

/// <summary>A folder for networks that are tried; it is deleted in the end.</summary>
internal sealed class TrialFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("multimodal-lighter-").FullName;
    private int _trials;

    /// <summary>Where a network is written.</summary>
    /// <param name="file">Its file in the pipeline.</param>
    public string Make(string file)
    {
        var path = Path.Combine(_path, (++_trials).ToString(CultureInfo.InvariantCulture), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>A model repository for what is put together.</summary>
    public string Repository => Path.Combine(_path, "models");

    /// <summary>A pipeline as if a network's files were these.</summary>
    /// <param name="basis">The pipeline.</param>
    /// <param name="file">The network's file in the pipeline.</param>
    /// <param name="written">Its files, that of the network first.</param>
    public static ModelFolder Open(ModelFolder basis, string file, IReadOnlyList<string> written)
    {
        var root = written[0][..^(file.Length + 1)];

        // What was just written is not checked, and no measurements are kept by its name.
        var files = basis.Definition.Files.ToDictionary(StringComparer.Ordinal);
        foreach (var path in written)
        {
            files[Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')] = $"trial {written[0]}";
        }

        return basis with { Path = root, IsChecked = false, Definition = basis.Definition with { Files = files } };
    }

    /// <summary>Deletes a network that was tried.</summary>
    public static void Delete(IEnumerable<string> written)
    {
        foreach (var path in written)
        {
            File.Delete(path);
        }
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
