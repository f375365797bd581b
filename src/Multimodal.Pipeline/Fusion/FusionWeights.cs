using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>
/// Weights by modality and their shares among what is present: w<sub>m</sub> / Σ<sub>k∈M</sub> w<sub>k</sub> over the present modalities M.
/// The weight of an absent modality is thereby shared among the others in proportion.
/// </summary>
internal sealed class FusionWeights
{
    private readonly IReadOnlyDictionary<Modality, double> _weights;

    /// <summary>Takes a pipeline's weights; a modality not named has weight 1.</summary>
    public FusionWeights(IReadOnlyDictionary<Modality, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
    }

    /// <summary>Each present modality's share; they sum to 1.</summary>
    /// <param name="input">What is present.</param>
    /// <param name="factorOf">What the weight of a modality is multiplied by, more than 0; null: nothing.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public SortedDictionary<Modality, double> SharesOf(FusionInput input, Func<Modality, double>? factorOf = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shares = new SortedDictionary<Modality, double>();
        foreach (var modality in input.Embeddings.Keys)
        {
            var weight = input.Weights is not null && input.Weights.TryGetValue(modality, out var own)
                ? own
                : _weights.TryGetValue(modality, out var declared) ? declared : 1;
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"The weight of {modality.ToName()} must be finite and 0 or more, not {weight}.", nameof(input));
            }

            shares[modality] = weight * (factorOf?.Invoke(modality) ?? 1);
        }

        // Where every present modality has weight 0, nothing distinguishes them: they share alike.
        var sum = shares.Values.Sum();
        foreach (var modality in shares.Keys.ToArray())
        {
            shares[modality] = sum > 0 ? shares[modality] / sum : 1.0 / shares.Count;
        }

        return shares;
    }
}
