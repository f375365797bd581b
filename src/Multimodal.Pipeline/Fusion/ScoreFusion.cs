using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>
/// Fusion where encoders share no space: no embedding is made, only each modality's share, by which tasks weight the scores that each
/// modality gives in its own space.
/// </summary>
public sealed class ScoreFusion : IFusion
{
    private readonly FusionWeights _weights;

    /// <summary>Fuses with these weights; a modality not named has weight 1.</summary>
    public ScoreFusion(IReadOnlyDictionary<Modality, double> weights) => _weights = new FusionWeights(weights);

    /// <inheritdoc/>
    public string Method => FusionMethods.Scores;

    /// <inheritdoc/>
    public IReadOnlyList<FusedEmbedding> Fuse(IReadOnlyList<FusionInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. inputs.Select(input => new FusedEmbedding([], _weights.SharesOf(input)))];
    }
}
