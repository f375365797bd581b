using System.Text.Json;

namespace Multimodal.Local.Hub;

/// <summary>What a pull by a recipe fetched of each source, so that a later one gets exactly that.</summary>
internal sealed record RecipeLock
{
    /// <summary>The file in a pipeline's folder.</summary>
    public const string FileName = "recipe.lock.json";

    private const int CurrentSchema = 1;

    /// <summary>The version of the file's own format.</summary>
    public int Schema { get; set; } = CurrentSchema;

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>What was fetched, by the sources' names.</summary>
    public required IReadOnlyDictionary<string, PullLock> Sources { get; init; }

    /// <summary>Tells one fetching of everything from another, in 12 letters: the commits, or the commit where there is one source.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Version => Sources.Count == 1
        ? Sources.Values.First().Commit[..12]
        : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.ASCII.GetBytes(string.Join('\n', Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => $"{source.Key} {source.Value.Commit}")))))[..12];

    /// <summary>Reads a lock file.</summary>
    /// <exception cref="UsageException">It is not there or malformed.</exception>
    public static RecipeLock Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), HubJson.Default.RecipeLock);
            return read is { Schema: CurrentSchema, Sources.Count: > 0 } && read.Sources.Values.All(source => source.IsSound)
                ? read
                : throw new UsageException($"{path} is not a lock file that this version reads.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"The lock file {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>The lock file's content.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Default.RecipeLock), (byte)'\n'];
}
