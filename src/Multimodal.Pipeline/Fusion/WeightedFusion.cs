using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>
/// Weighted fusion over what is present: with present modalities M and weights w,
/// F(x) = Σ<sub>m∈M</sub> w<sub>m</sub> f<sub>m</sub>(x<sub>m</sub>) / Σ<sub>m∈M</sub> w<sub>m</sub>.
/// The weight of an absent modality is thereby shared among the others in proportion.
/// </summary>
public sealed class WeightedFusion : IFusion
{
    /// <summary>The method's name in <c>pipeline.json</c>.</summary>
    public const string Method = "weighted";

    private readonly IReadOnlyDictionary<Modality, double> _weights;

    /// <summary>Fuses with these weights; a modality not named has weight 1.</summary>
    public WeightedFusion(IReadOnlyDictionary<Modality, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
    }

    /// <inheritdoc/>
    public FusedEmbedding Fuse(
        IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> embeddings,
        IReadOnlyDictionary<Modality, double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Count == 0)
        {
            throw new ArgumentException("Nothing is present to be fused.", nameof(embeddings));
        }

        var effective = EffectiveWeights(embeddings.Keys, weights);
        var fused = new float[embeddings.Values.First().Length];

        // A fixed order of the sums: the same inputs give the same bits however the dictionary was filled.
        foreach (var (modality, embedding) in embeddings.OrderBy(pair => pair.Key))
        {
            if (embedding.Length != fused.Length)
            {
                throw new ArgumentException(
                    $"The {modality.ToName()} embedding has {embedding.Length} dimensions, the others {fused.Length}.", nameof(embeddings));
            }

            if (effective[modality] > 0)
            {
                TensorPrimitives.MultiplyAdd(embedding.Span, (float)effective[modality], fused, fused);
            }
        }

        return new FusedEmbedding(fused, effective);
    }

    private SortedDictionary<Modality, double> EffectiveWeights(
        IEnumerable<Modality> present, IReadOnlyDictionary<Modality, double>? weights)
    {
        var effective = new SortedDictionary<Modality, double>();
        foreach (var modality in present)
        {
            var weight = weights is not null && weights.TryGetValue(modality, out var own)
                ? own
                : _weights.TryGetValue(modality, out var declared) ? declared : 1;
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"The weight of {modality.ToName()} must be finite and 0 or more, not {weight}.", nameof(weights));
            }

            effective[modality] = weight;
        }

        // Where every present modality has weight 0, nothing distinguishes them: they share alike.
        var sum = effective.Values.Sum();
        foreach (var modality in effective.Keys.ToArray())
        {
            effective[modality] = sum > 0 ? effective[modality] / sum : 1.0 / effective.Count;
        }

        return effective;
    }
}
