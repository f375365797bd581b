using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>Who goes first where requests wait for an encoder.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestPriority>))]
public enum RequestPriority
{
    /// <summary>Somebody waits for the answer.</summary>
    [JsonStringEnumMemberName("interactive")]
    Interactive,

    /// <summary>Nobody does: it goes when no interactive request waits, or when it has waited so long that its patience ends.</summary>
    [JsonStringEnumMemberName("bulk")]
    Bulk,
}
