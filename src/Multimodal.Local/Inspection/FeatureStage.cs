using System.Text.Json.Serialization;

namespace Multimodal.Local.Inspection;

/// <summary>How far inputs are prepared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeatureStage>))]
internal enum FeatureStage
{
    /// <summary>To the end: what the encoder gets.</summary>
    [JsonStringEnumMemberName("features")]
    Features,

    /// <summary>Pictures, before their values are scaled and normalised.</summary>
    [JsonStringEnumMemberName("pixels")]
    Pixels,
}
