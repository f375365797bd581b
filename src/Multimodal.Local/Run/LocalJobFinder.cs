using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Run;

/// <summary>Finds the jobs that paths stand for.</summary>
internal sealed class LocalJobFinder
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>What was passed over, for people.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>A folder of files is a job, a folder of folders many, a file a job of its own.</summary>
    /// <exception cref="UsageException">A path does not exist.</exception>
    public IReadOnlyList<LocalJob> Find(IEnumerable<string> paths) => [.. paths.SelectMany(Find)];

    private IEnumerable<LocalJob> Find(string path)
    {
        if (File.Exists(path))
        {
            var file = new FileInfo(path);
            return [new LocalJob(NewId(Path.GetFileNameWithoutExtension(file.Name)), [file], null)];
        }

        var folder = new DirectoryInfo(path);
        if (!folder.Exists)
        {
            throw new UsageException($"'{path}' does not exist. Name a folder of inputs, a folder of such folders, or a file.");
        }

        var folders = Visible(folder.EnumerateDirectories()).ToList();
        if (folders.Count == 0)
        {
            return [OfFolder(folder)];
        }

        foreach (var file in Visible(folder.EnumerateFiles()))
        {
            Warnings.Add($"'{file.FullName}' lies beside the folders of jobs and is passed over.");
        }

        return [.. folders.Select(OfFolder)];
    }

    private LocalJob OfFolder(DirectoryInfo folder)
    {
        foreach (var nested in Visible(folder.EnumerateDirectories()))
        {
            Warnings.Add($"'{nested.FullName}' lies within a job's folder and is passed over: the inputs of a job lie side by side.");
        }

        var files = Visible(folder.EnumerateFiles()).ToList();
        return new LocalJob(
            NewId(folder.Name),
            [.. files.Where(file => file.Name != InputName.Manifest)],
            files.Find(file => file.Name == InputName.Manifest));
    }

    // Files that systems leave behind, such as .DS_Store, are nobody's inputs.
    private static IEnumerable<T> Visible<T>(IEnumerable<T> entries)
        where T : FileSystemInfo =>
        entries.Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private JobId NewId(string name)
    {
        const int Longest = 56;
        var kept = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')]).TrimStart('.', '_', '-');
        kept = kept.Length == 0 ? "job" : kept[..Math.Min(kept.Length, Longest)];
        var id = kept;
        for (var i = 2; !_taken.Add(id); i++)
        {
            id = $"{kept}-{i}";
        }

        return JobId.Parse(id);
    }
}
