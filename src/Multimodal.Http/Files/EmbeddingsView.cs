namespace Multimodal.Http.Files;

/// <summary>A job's embeddings in JSON.</summary>
/// <param name="Embeddings">By name: <c>fused</c>, <c>modalities/{name}</c>, <c>inputs/{fileName}</c>.</param>
internal sealed record EmbeddingsView(IReadOnlyDictionary<string, float[]> Embeddings);
