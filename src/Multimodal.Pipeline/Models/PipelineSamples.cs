using System.Text.Json;

namespace Multimodal.Pipeline.Models;

/// <summary>
/// The sample jobs of a model repository: <c>{pipeline}/samples/{name}/</c>, a folder of files each, with <c>{pipeline}/samples.json</c>
/// saying what they are.
/// </summary>
public sealed class PipelineSamples
{
    private const string Folder = "samples";
    private const string Notes = "samples.json";

    private readonly ModelRepository _repository;

    /// <summary>Finds samples in a repository.</summary>
    public PipelineSamples(ModelRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        _repository = repository;
    }

    /// <summary>All samples, pipeline by pipeline: first those that <c>samples.json</c> tells of, as it has them, then others by name.</summary>
    public IReadOnlyList<PipelineSample> List() => [.. _repository.List().SelectMany(ListOf)];

    /// <summary>A sample, or null where there is none of that name.</summary>
    public PipelineSample? Find(string pipeline, string name) =>
        List().FirstOrDefault(sample => sample.Pipeline == pipeline && sample.Name == name);

    /// <summary>One of a listed sample's files.</summary>
    public FileInfo FileOf(PipelineSample sample, string file)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new FileInfo(Path.Combine(_repository.FolderOf(sample.Pipeline), Folder, sample.Name, file));
    }

    private IEnumerable<PipelineSample> ListOf(string pipeline)
    {
        var folder = new DirectoryInfo(Path.Combine(_repository.FolderOf(pipeline), Folder));
        if (!folder.Exists)
        {
            return [];
        }

        var notes = ReadNotes(pipeline);
        var told = notes.Keys.ToList();
        return
            from sample in Visible(folder.EnumerateDirectories())
            let files = Visible(sample.EnumerateFiles()).Select(file => file.Name).ToList()
            where files.Count > 0
            let place = told.IndexOf(sample.Name)
            orderby place < 0 ? int.MaxValue : place
            let note = notes.TryGetValue(sample.Name, out var known) ? known : null
            select new PipelineSample(pipeline, sample.Name, files, note?.Label, note?.Note);
    }

    private OrderedDictionary<string, SampleNote> ReadNotes(string pipeline)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(Path.Combine(_repository.FolderOf(pipeline), Notes)), PipelineJson.Default.OrderedDictionaryStringSampleNote) ?? [];
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // Samples can be tried without a word about them.
            return [];
        }
    }

    // Files that systems leave behind are nobody's inputs.
    private static IEnumerable<T> Visible<T>(IEnumerable<T> entries)
        where T : FileSystemInfo =>
        entries.Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal);
}
