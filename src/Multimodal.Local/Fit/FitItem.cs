namespace Multimodal.Local.Fit;

/// <summary>A labelled job as the fit sees it.</summary>
/// <param name="Embeddings">The embedding of each modality, in the order of the data's modalities; null where the job has none.</param>
/// <param name="Truth">The place of its label.</param>
/// <param name="Group">What it shares with others, or null.</param>
internal sealed record FitItem(IReadOnlyList<double[]?> Embeddings, int Truth, string? Group);
