using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Fit.Data;

/// <summary>
/// A folder of labelled jobs: where there are labels in a file (named, or <c>labels.csv</c> or <c>labels.jsonl</c> in the folder) the jobs
/// that it names; else a folder for each label, <c>{label}/{job}/…</c>. A file in the place of a job's folder is a job of its own.
/// </summary>
internal static class LabelledFolder
{
    private static readonly string[] Names = ["labels.csv", "labels.jsonl"];

    /// <summary>Reads it.</summary>
    /// <exception cref="UsageException">It is not there, holds nothing, or a job that is named is missing or lies outside.</exception>
    public static IReadOnlyList<LabelledJob> Read(string folder, string? labels)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"The folder '{folder}' does not exist. Name a folder of labelled jobs.");
        }

        var file = labels ?? Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        var jobs = file is null ? ByFolder(folder) : [.. LabelFile.Read(file).Select(label => Find(folder, label, file))];
        return jobs.Count > 0
            ? jobs
            : throw new UsageException($"'{folder}' holds no labelled jobs. Lay them so: LABEL/JOB/files, or name their labels in {string.Join(" or ", Names)}.");
    }

    private static List<LabelledJob> ByFolder(string folder) =>
    [
        .. from label in Visible(new DirectoryInfo(folder).EnumerateDirectories())
           from job in Visible(label.EnumerateFileSystemInfos())
           let files = FilesOf(job)
           where files.Count > 0
           select new LabelledJob($"{label.Name}/{job.Name}", files, label.Name, null),
    ];

    private static LabelledJob Find(string folder, JobLabel label, string file)
    {
        var root = Path.GetFullPath(folder);
        var path = Path.GetFullPath(Path.Combine(root, label.Job));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new UsageException($"{file} names the job '{label.Job}', which lies outside of {folder}.");
        }

        FileSystemInfo job = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return job.Exists && FilesOf(job) is { Count: > 0 } files
            ? new LabelledJob(label.Job, files, label.Label, label.Group)
            : throw new UsageException($"{file} names the job '{label.Job}', which {folder} does not hold or which has no files.");
    }

    private static IReadOnlyList<FileInfo> FilesOf(FileSystemInfo job) => job switch
    {
        FileInfo file => [file],
        DirectoryInfo folder => [.. Visible(folder.EnumerateFiles()).Where(file => file.Name != InputName.Manifest)],
        _ => [],
    };

    // Files that systems leave behind are nobody's inputs.
    private static IEnumerable<T> Visible<T>(IEnumerable<T> entries)
        where T : FileSystemInfo =>
        entries.Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal);
}
