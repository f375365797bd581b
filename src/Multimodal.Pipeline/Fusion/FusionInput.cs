using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Fusion;

/// <summary>What is fused into one embedding.</summary>
public sealed record FusionInput
{
    /// <summary>Takes the embeddings of what is present; at least one.</summary>
    /// <param name="embeddings">One embedding for each present modality.</param>
    /// <param name="weights">Weights that replace the pipeline's own, by modality, or null.</param>
    public FusionInput(IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> embeddings, IReadOnlyDictionary<Modality, double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Count == 0)
        {
            throw new ArgumentException("Nothing is present to be fused.", nameof(embeddings));
        }

        // In one order, so that the same inputs give the same bits however the dictionary was filled.
        Embeddings = new SortedDictionary<Modality, ReadOnlyMemory<float>>(embeddings.ToDictionary());
        Weights = weights;
    }

    /// <summary>One embedding for each present modality, in the order of <see cref="Modality"/>.</summary>
    public IReadOnlyDictionary<Modality, ReadOnlyMemory<float>> Embeddings { get; }

    /// <summary>Weights that replace the pipeline's own, by modality, or null.</summary>
    public IReadOnlyDictionary<Modality, double>? Weights { get; }

    /// <summary>What is present.</summary>
    public ModalitySet Present => ModalitySet.Of(Embeddings.Keys);

    /// <summary>The same with some modalities only; at least one of them must be present.</summary>
    public FusionInput Restrict(ModalitySet modalities) =>
        new(Embeddings.Where(pair => modalities.Contains(pair.Key)).ToDictionary(), Weights);
}
