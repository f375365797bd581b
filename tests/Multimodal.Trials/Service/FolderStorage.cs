using System.Text.Json;
using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Trials.Service;

/// <summary>A temporary folder.</summary>
internal sealed class FolderStorage : ITrialStorage
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-trial-").FullName;

    public FolderStorage() => Blobs = new FileBlobStore(_root);

    public string Name => "file";

    /// <summary>The folder.</summary>
    public string Root => _root;

    public IReadOnlyList<string> Arguments => ["--storage", $"file:{_root}"];

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public IBlobStore Blobs { get; }

    public IBlobStore OpenAnother() => new FileBlobStore(_root);

    public async ValueTask PutAsync(BlobPath path, byte[] content, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_root, path.Container, path.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, content, cancellationToken);
    }

    // Written beside and moved into place, as a careful sender does.
    public async Task UploadAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_root, Containers.Uploads, name);
        var temporary = Path.Combine(_root, "outside", Path.GetRandomFileName());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
        await File.WriteAllBytesAsync(temporary, content, cancellationToken);
        File.Move(temporary, file);
    }

    public async Task<IReadOnlyList<string>> ReadMessageIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_root, "queues", Containers.ResultQueue)))
        {
            using var message = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            ids.Add(message.RootElement.GetProperty("id").GetString()!);
        }

        return ids;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
