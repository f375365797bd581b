using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Fusion;

/// <summary>
/// Weighted fusion in which the certain count for more: with the probabilities p of the K labels that a classification gives to a
/// modality alone, its weight is (1 − H(p) / log K)<sup>power</sup>, H being the entropy, times what the job gives it.
/// </summary>
public sealed class ConfidenceWeightedFusion : IFusion
{
    /// <summary>The least certainty that is reckoned with, so that modalities that know nothing share alike.</summary>
    internal const double LeastCertainty = 1e-6;

    private readonly FusionWeights _weights = new(new Dictionary<Modality, double>());
    private readonly Func<Classification> _classification;
    private readonly double _power;

    /// <summary>Weights by the certainty of a classification.</summary>
    /// <param name="classification">Gives the classification, when it is first needed.</param>
    /// <param name="power">How much certainty counts, 0 (not at all) or more.</param>
    public ConfidenceWeightedFusion(Func<Classification> classification, double power)
    {
        ArgumentNullException.ThrowIfNull(classification);
        ArgumentOutOfRangeException.ThrowIfNegative(power);
        _classification = classification;
        _power = power;
    }

    /// <inheritdoc/>
    public string Method => FusionMethods.ConfidenceWeighted;

    /// <inheritdoc/>
    public IReadOnlyList<FusedEmbedding> Fuse(IReadOnlyList<FusionInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);

        // The subsets of a job share their embeddings, each of which is judged once.
        List<ReadOnlyMemory<float>> embeddings = [.. inputs.SelectMany(input => input.Embeddings.Values).Distinct()];
        var factors = embeddings.Zip(_classification().CertaintiesOf(embeddings))
            .ToDictionary(pair => pair.First, pair => Math.Pow(Math.Max(pair.Second, LeastCertainty), _power));
        return [.. inputs.Select(input => WeightedFusion.Fuse(input, _weights.SharesOf(input, modality => factors[input.Embeddings[modality]])))];
    }
}
