using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>The Unicode form that a text is brought into before its tokenizer's own rules.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TextNormalization>))]
public enum TextNormalization
{
    /// <summary>It stays as it is: the tokenizer's rules are those of the training.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Composed.</summary>
    [JsonStringEnumMemberName("nfc")]
    Nfc,

    /// <summary>Composed, compatibility characters replaced.</summary>
    [JsonStringEnumMemberName("nfkc")]
    Nfkc,
}
