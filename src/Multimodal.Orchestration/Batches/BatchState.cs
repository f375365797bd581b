using System.Text.Json.Serialization;

namespace Multimodal.Orchestration.Batches;

/// <summary>How a batch stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchState>))]
public enum BatchState
{
    /// <summary>It takes in blobs, or waits for the last of its jobs.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It takes nothing in until it is resumed.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>It was stopped for good.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Everything is taken in, and every job is closed.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,
}
