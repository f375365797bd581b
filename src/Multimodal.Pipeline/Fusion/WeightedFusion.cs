using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>
/// Weighted fusion over what is present: with present modalities M, weights w and embeddings f,
/// F(x) = Σ<sub>m∈M</sub> w<sub>m</sub> f<sub>m</sub>(x<sub>m</sub>) / Σ<sub>m∈M</sub> w<sub>m</sub>.
/// </summary>
public sealed class WeightedFusion : IFusion
{
    private readonly FusionWeights _weights;

    /// <summary>Fuses with these weights; a modality not named has weight 1.</summary>
    public WeightedFusion(IReadOnlyDictionary<Modality, double> weights) => _weights = new FusionWeights(weights);

    /// <inheritdoc/>
    public string Method => FusionMethods.Weighted;

    /// <inheritdoc/>
    public IReadOnlyList<FusedEmbedding> Fuse(IReadOnlyList<FusionInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. inputs.Select(input => Fuse(input, _weights.SharesOf(input)))];
    }

    /// <summary>The mean of the embeddings by their shares.</summary>
    internal static FusedEmbedding Fuse(FusionInput input, IReadOnlyDictionary<Modality, double> shares)
    {
        var fused = new float[input.Embeddings.Values.First().Length];
        foreach (var (modality, embedding) in input.Embeddings)
        {
            if (embedding.Length != fused.Length)
            {
                throw new ArgumentException(
                    $"The {modality.ToName()} embedding has {embedding.Length} dimensions, the others {fused.Length}.", nameof(input));
            }

            if (shares[modality] > 0)
            {
                TensorPrimitives.MultiplyAdd(embedding.Span, (float)shares[modality], fused, fused);
            }
        }

        return new FusedEmbedding(fused, shares);
    }
}
