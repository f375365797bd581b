using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Pipeline.Models.Provenance;

namespace Multimodal.Local.Hub;

/// <summary>What a pull fetched, so that a later one gets exactly that.</summary>
internal sealed record PullLock
{
    /// <summary>The file in a pipeline's folder.</summary>
    public const string FileName = "pull.lock.json";

    private const int CurrentSchema = 1;

    /// <summary>The version of the file's own format.</summary>
    public int Schema { get; set; } = CurrentSchema;

    /// <summary>The model: <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The revision that was asked for.</summary>
    public required string Revision { get; init; }

    /// <summary>The commit that it was.</summary>
    public required string Commit { get; init; }

    /// <summary>The variant of the ONNX files; empty for the plain ones.</summary>
    public string Variant { get; set; } = "";

    /// <summary>The files, by path.</summary>
    public required IReadOnlyList<LockedFile> Files { get; init; }

    /// <summary>Whether this version reads it, and what it names lies where it may.</summary>
    [JsonIgnore]
    public bool IsSound =>
        Schema == CurrentSchema && Files.Count > 0 && Files.All(file => file is { Size: >= 0, Sha256.Length: 64 } && HubPaths.IsSound(file.Path));

    /// <summary>Reads a lock file.</summary>
    /// <exception cref="UsageException">It is not there or malformed.</exception>
    public static PullLock Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), HubJson.Default.PullLock);
            return read?.IsSound == true
                ? read
                : throw new UsageException($"{path} is not a lock file that this version reads.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"The lock file {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>What it is, for the provenance of a pipeline that is made of it.</summary>
    public ProvenanceParent ToParent() => new()
    {
        Name = Repository,
        Version = Commit,
        Files = new SortedDictionary<string, string>(Files.ToDictionary(file => file.Path, file => file.Sha256), StringComparer.Ordinal),
        Step = "models pull",
    };

    /// <summary>Copies its files to where they belong, each as a whole.</summary>
    /// <param name="from">Where they were fetched to.</param>
    /// <param name="to">Where they belong.</param>
    public void Restore(string from, string to)
    {
        foreach (var file in Files)
        {
            var place = Path.Combine(to, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(Path.Combine(from, file.Path), place + ".part", overwrite: true);
            File.Move(place + ".part", place, overwrite: true);
        }
    }

    /// <summary>The lock file's content.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Default.PullLock), (byte)'\n'];
}
