using Multimodal.Onnx.Speech;

namespace Multimodal.Onnx.Encoders;

/// <summary>What a run gave for one item.</summary>
/// <param name="Vector">The pooled vector; empty where embeddings are made of transcripts.</param>
/// <param name="Speech">What a recogniser reads; null where there is none.</param>
internal readonly record struct EncodedItem(float[] Vector, SpeechWindow? Speech);
