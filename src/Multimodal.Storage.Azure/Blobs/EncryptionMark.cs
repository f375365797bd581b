using System.Text.Json;

namespace Multimodal.Storage.Azure.Blobs;

/// <summary>What the client library keeps in a blob's metadata where it encrypted the blob.</summary>
internal static class EncryptionMark
{
    private const string MetadataKey = "encryptiondata";

    // A nonce of 12 bytes before each region and a tag of 16 behind it.
    private const int RegionOverhead = 28;

    /// <summary>The id of the key that wraps the blob's own; null where the blob is plain.</summary>
    public static string? FindKey(IDictionary<string, string>? metadata) =>
        Find(metadata) is { } data && data.TryGetProperty("WrappedContentKey", out var key) && key.TryGetProperty("KeyId", out var id) ? id.GetString() : null;

    /// <summary>The size of what is encrypted in a blob, in bytes.</summary>
    /// <param name="length">The blob's size.</param>
    /// <param name="metadata">Its metadata.</param>
    public static long PlainLength(long length, IDictionary<string, string>? metadata)
    {
        if (Find(metadata) is not { } data
            || !data.TryGetProperty("EncryptedRegionInfo", out var info)
            || !info.TryGetProperty("DataLength", out var size)
            || !size.TryGetInt64(out var region)
            || region < 1)
        {
            return length;
        }

        var (full, rest) = Math.DivRem(length, region + RegionOverhead);
        return (full * region) + Math.Max(0, rest - RegionOverhead);
    }

    // What others wrote under that name is as if it were not there: reading the blob then says what is wrong with it.
    private static JsonElement? Find(IDictionary<string, string>? metadata)
    {
        if (metadata is null || !metadata.TryGetValue(MetadataKey, out var json))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
