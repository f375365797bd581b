using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models.Parity;

/// <summary>Features, and the embedding that an encoder is known to make of them.</summary>
public sealed record ReferenceItem(Features Features, ReadOnlyMemory<float> Embedding);
