using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>What makes scores of a task's logits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LabelActivation>))]
public enum LabelActivation
{
    /// <summary>One label out of several: the scores sum to 1.</summary>
    [JsonStringEnumMemberName("softmax")]
    Softmax,

    /// <summary>Each label for itself: several may apply, or none.</summary>
    [JsonStringEnumMemberName("sigmoid")]
    Sigmoid,
}
