using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>What became of a modality in a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModalityState>))]
public enum ModalityState
{
    /// <summary>At least one of its inputs was encoded and fused.</summary>
    [JsonStringEnumMemberName("used")]
    Used,

    /// <summary>The job has no input of it.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>There were inputs, but none could be used.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
