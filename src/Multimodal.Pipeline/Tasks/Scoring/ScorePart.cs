using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks.Scoring;

/// <summary>An embedding whose scores are a part of a verdict.</summary>
/// <param name="Modality">Whose embedding it is; null: the fused one.</param>
/// <param name="Embedding">The embedding.</param>
/// <param name="Share">What its scores count, 0 to 1; the shares of a verdict sum to 1.</param>
internal readonly record struct ScorePart(Modality? Modality, ReadOnlyMemory<float> Embedding, double Share)
{
    /// <summary>
    /// What a verdict is made of: the fused embedding, or where fusion made none the embedding of each modality, weighted by its share.
    /// </summary>
    public static IReadOnlyList<ScorePart> Of(TaskInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Fused.Vector.Length > 0)
        {
            return [new ScorePart(null, input.Fused.Vector, 1)];
        }

        var shares = input.Fused.EffectiveWeights;
        ScorePart[] parts =
        [
            .. input.Embeddings.Select(pair => new ScorePart(pair.Key, pair.Value, shares is null ? 1.0 / input.Embeddings.Count : shares.GetValueOrDefault(pair.Key)))
                .Where(part => part.Share > 0),
        ];

        // Whatever rounding made of a share: what speaks alone speaks as it would where it was all there is.
        return parts.Length == 1 ? [parts[0] with { Share = 1 }] : parts;
    }
}
