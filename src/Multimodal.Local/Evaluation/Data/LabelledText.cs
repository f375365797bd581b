using System.Text.Json.Serialization;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>A text and what it mentions: a line of a JSON Lines file.</summary>
internal sealed record LabelledText
{
    public required string Text { get; init; }

    [JsonConverter(typeof(LabelJsonConverter))]
    public required string Label { get; init; }

    /// <summary>A language tag such as <c>en</c>; null where none is given. Nothing is computed by it.</summary>
    public string? Language { get; init; }
}
