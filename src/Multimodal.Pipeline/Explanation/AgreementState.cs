using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Explanation;

/// <summary>Whether the used modalities, each taken alone, come to the same verdict.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgreementState>))]
public enum AgreementState
{
    /// <summary>Only one was used: there is nothing to compare.</summary>
    [JsonStringEnumMemberName("single")]
    Single,

    /// <summary>All come to the verdict of the fusion.</summary>
    [JsonStringEnumMemberName("agree")]
    Agree,

    /// <summary>At least one comes to another.</summary>
    [JsonStringEnumMemberName("conflict")]
    Conflict,
}
