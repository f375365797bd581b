using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>What fusion gives.</summary>
/// <param name="Vector">The fused embedding.</param>
/// <param name="EffectiveWeights">Each present modality's share; they sum to 1.</param>
public sealed record FusedEmbedding(float[] Vector, IReadOnlyDictionary<Modality, double> EffectiveWeights);
