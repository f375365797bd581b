using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>One signature of an envelope.</summary>
internal sealed record EnvelopeSignature
{
    /// <summary>Whose it says it is; a hint, no proof.</summary>
    [JsonPropertyName("keyid")]
    public string KeyId { get; set; } = "";

    /// <summary>The signature in base64.</summary>
    [JsonPropertyName("sig")]
    public required string Signature { get; init; }
}
