using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>What became of an input.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputState>))]
public enum InputState
{
    /// <summary>Its features are stored.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>The input itself is bad; it lies in quarantine.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>It could not be processed for a reason outside of itself.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
