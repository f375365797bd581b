using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Multimodal.Http.Embeddings;

/// <summary>Texts that are to be embedded, as JSON.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EmbeddingsTexts
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/json";

    /// <summary>The texts, one or more.</summary>
    [Description("The texts.")]
    public required IReadOnlyList<string> Texts { get; init; }
}
