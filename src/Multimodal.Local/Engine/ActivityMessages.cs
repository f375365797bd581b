using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Multimodal.Local.Engine;

/// <summary>Takes what crosses the orchestration through JSON and a size limit, as a durable engine's storage would.</summary>
internal static class ActivityMessages
{
    /// <summary>
    /// The largest message, in bytes of UTF-8. Durable's Azure Storage backend puts messages on a queue (64 KiB after
    /// Base64) and resorts to blobs beyond 45 KiB.
    /// </summary>
    public const int MaximumLength = 45 * 1024;

    /// <exception cref="MessageTooLargeException">It is larger than <see cref="MaximumLength"/>.</exception>
    public static byte[] Write<T>(string activity, string part, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return json.Length <= MaximumLength ? json : throw new MessageTooLargeException(activity, part, json.Length, MaximumLength);
    }

    public static T Read<T>(byte[] json, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"A message holds no {typeof(T).Name}.");
}
