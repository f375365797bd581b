using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Storage;

/// <summary>What an encoder made of an input.</summary>
/// <param name="Embedding">The embedding.</param>
/// <param name="Transcript">What is said in it; null where nothing wrote it down.</param>
public sealed record StoredEmbedding(float[] Embedding, Transcript? Transcript);
