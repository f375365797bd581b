namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>What all vectors of an index have in common.</summary>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Distance">What scores are: a name of <see cref="Microsoft.Extensions.VectorData.DistanceFunction"/>.</param>
internal sealed record IndexDefinition(int Dimension, string Distance);
