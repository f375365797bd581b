namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>What of a model's outputs becomes the embedding.</summary>
/// <param name="Name">The output.</param>
/// <param name="OfSequence">The pooling of a sequence.</param>
/// <param name="Normalize">Whether embeddings are divided by their length.</param>
internal sealed record EncoderOutput(string Name, Pooling OfSequence, bool Normalize)
{
    /// <summary>The pooling for an output of so many axes.</summary>
    /// <returns>Null where no embedding can be made of it.</returns>
    public Pooling? PoolingOf(int axes) => axes switch
    {
        2 => Pooling.None,
        3 => OfSequence,
        4 => Pooling.SpatialMean,
        _ => null,
    };
}
