using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>Whether a text's tokens are padded.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenPadding>))]
public enum TokenPadding
{
    /// <summary>They are not.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>To the greatest length.</summary>
    [JsonStringEnumMemberName("max_length")]
    MaxLength,
}
