using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What a task is executed on.</summary>
/// <param name="Embeddings">One embedding for each present modality, in its own encoder's space.</param>
/// <param name="Fused">What fusion made of them.</param>
/// <param name="Context">What else is known of the job.</param>
public sealed record TaskInput(IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> Embeddings, FusedEmbedding Fused, TaskContext Context)
{
    /// <summary>The method of fusion; null where it is not known.</summary>
    public string? Method { get; init; }

    /// <summary>The outcomes of the pipeline's earlier tasks on the same.</summary>
    public IReadOnlyList<TaskOutcome> Outcomes { get; init; } = [];
}
