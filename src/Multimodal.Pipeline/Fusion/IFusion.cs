using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>Makes one embedding of those of the modalities that are present. Safe for concurrent use.</summary>
public interface IFusion
{
    /// <summary>Fuses.</summary>
    /// <param name="embeddings">One embedding for each present modality, all of one length; at least one.</param>
    /// <param name="weights">Weights that replace the pipeline's own, by modality, or null.</param>
    FusedEmbedding Fuse(
        IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> embeddings,
        IReadOnlyDictionary<Modality, double>? weights = null);
}
