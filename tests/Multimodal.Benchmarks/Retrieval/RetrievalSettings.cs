namespace Multimodal.Benchmarks.Retrieval;

/// <summary>What is measured.</summary>
/// <param name="Count">Vectors.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Neighbours">How many a query finds.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Queries">Queries for each contender.</param>
internal sealed record RetrievalSettings(int Count, int Dimension, int Neighbours, int Threads, int Queries);
