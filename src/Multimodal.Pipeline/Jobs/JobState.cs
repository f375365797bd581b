using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>Whether a job's latest revision still runs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Waiting for inputs, or being worked on.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Its result is published; a new input is late.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}
