using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>The kind of content an input carries.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Modality>))]
public enum Modality
{
    /// <summary>A still picture.</summary>
    [JsonStringEnumMemberName("image")]
    Image,

    /// <summary>Written language.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>A recording of sound.</summary>
    [JsonStringEnumMemberName("audio")]
    Audio,
}
