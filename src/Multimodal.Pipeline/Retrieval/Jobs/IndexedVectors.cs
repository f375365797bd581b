namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>What a collection may hold of a job: written before it does, so that nothing of an erased job is overlooked.</summary>
/// <param name="Collection">The collection's name.</param>
/// <param name="Dimension">Numbers in its embeddings.</param>
/// <param name="Keys">The keys of the entries.</param>
public sealed record IndexedVectors(string Collection, int Dimension, IReadOnlyList<string> Keys);
