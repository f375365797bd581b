using System.Text.Json.Serialization;

namespace Multimodal.Local.Evaluation;

/// <summary>The state that items are evaluated in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Condition>))]
internal enum Condition
{
    /// <summary>As they are.</summary>
    [JsonStringEnumMemberName("clean")]
    Clean,

    /// <summary>Degraded at the chosen level.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,
}
