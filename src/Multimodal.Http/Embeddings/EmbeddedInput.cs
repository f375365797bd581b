using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Embeddings;

/// <summary>What became of one input: an embedding, or an error.</summary>
/// <param name="Name">The file name; <c>texts[i]</c> for the text at place i.</param>
/// <param name="Modality">What it is, where that was recognised.</param>
internal sealed record EmbeddedInput(string Name, Modality? Modality)
{
    /// <summary>The embedding; as long as the encoder's dimensions.</summary>
    public float[]? Embedding { get; init; }

    /// <summary>Why there is none.</summary>
    public InputError? Error { get; init; }
}
