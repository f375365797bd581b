using System.Text.Json.Serialization;

namespace Multimodal.Orchestration.Administration;

/// <summary>How far an input of a job is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputProgress>))]
public enum InputProgress
{
    /// <summary>The job names it; it has not come.</summary>
    [JsonStringEnumMemberName("awaited")]
    Awaited,

    /// <summary>It is uploaded; its current version is not preprocessed yet.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Its features are stored.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>The input itself is bad.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>It could not be processed for a reason outside of itself.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
