using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>What fusion gives.</summary>
/// <param name="Vector">The fused embedding; empty where only scores are fused.</param>
/// <param name="EffectiveWeights">Each present modality's share, which sum to 1; null where the method has no such thing.</param>
public sealed record FusedEmbedding(float[] Vector, IReadOnlyDictionary<Modality, double>? EffectiveWeights);
