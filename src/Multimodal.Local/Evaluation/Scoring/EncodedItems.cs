namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>One modality's items in one condition, after its encoder.</summary>
/// <param name="Embeddings">An embedding for each item; null where the preprocessor refused it.</param>
/// <param name="Refusals">The refused items.</param>
internal sealed record EncodedItems(IReadOnlyList<float[]?> Embeddings, IReadOnlyList<Refusal> Refusals);
