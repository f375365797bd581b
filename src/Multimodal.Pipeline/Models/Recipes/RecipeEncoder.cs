using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.Recipes;

/// <summary>An encoder of a recipe; how its inputs are made and what its output is, is found out by the files of its source.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RecipeEncoder
{
    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary>The file's role: <c>text_model</c>, <c>vision_model</c>, <c>audio_model</c>, <c>encoder_model</c> or <c>model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The space that its embeddings lie in; null: the pipeline's shared one.</summary>
    public string? Space { get; init; }

    /// <summary>
    /// The modality whose encoder makes a recording's embedding of what is said in it, where the source writes that down: <c>text</c>. Null:
    /// the embedding is that of the sound.
    /// </summary>
    public Modality? Through { get; init; }
}
