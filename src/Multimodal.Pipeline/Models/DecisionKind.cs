using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>What is decided.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecisionKind>))]
public enum DecisionKind
{
    /// <summary>The verdict is good enough to act on.</summary>
    [JsonStringEnumMemberName("accept")]
    Accept,

    /// <summary>A person is to look at it.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>The job is to be turned down.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,
}
