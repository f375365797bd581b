using System.Text.Json.Serialization;

namespace Multimodal.Onnx.Blurring;

/// <summary>What the four numbers of a box are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BoxForm>))]
internal enum BoxForm
{
    /// <summary>Left, top, right, bottom.</summary>
    [JsonStringEnumMemberName("corners")]
    Corners,

    /// <summary>The middle across and down, width, height.</summary>
    [JsonStringEnumMemberName("centre")]
    Centre,
}
