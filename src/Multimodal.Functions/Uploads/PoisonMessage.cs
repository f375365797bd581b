using System.Text.Json;

namespace Multimodal.Functions.Uploads;

/// <summary>What the host's blob triggers put on the queue of poisoned blobs, as far as it is needed.</summary>
internal sealed record PoisonMessage(string ContainerName, string BlobName)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>Reads a message.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? TryParse(string text, out PoisonMessage? message)
    {
        message = null;
        try
        {
            message = JsonSerializer.Deserialize<PoisonMessage>(text, Options);
            return message is null ? "it is null" : null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
