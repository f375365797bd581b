using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Multimodal.Pipeline.Storage;

/// <summary>JSON documents in a blob store.</summary>
public static class JsonBlobs
{
    /// <summary>Reads a document, or gives null where there is none.</summary>
    /// <exception cref="InvalidDataException">The blob is not such a document.</exception>
    public static async ValueTask<(T Value, string ETag)?> ReadJsonAsync<T>(
        this IBlobStore store, BlobPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(store);
        if (await store.ReadAsync(path, cancellationToken) is not { } blob)
        {
            return null;
        }

        try
        {
            return (JsonSerializer.Deserialize(blob.Content.Span, type) ?? throw new InvalidDataException($"{path} holds null."), blob.ETag);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a {typeof(T).Name}: {e.Message}", e);
        }
    }

    /// <summary>Writes a document.</summary>
    /// <returns>The new version's ETag, or null where the condition did not hold.</returns>
    public static ValueTask<string?> WriteJsonAsync<T>(
        this IBlobStore store,
        BlobPath path,
        T value,
        JsonTypeInfo<T> type,
        WriteCondition condition = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, type), condition, cancellationToken);
    }
}
