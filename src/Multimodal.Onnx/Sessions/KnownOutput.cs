using Microsoft.ML.OnnxRuntime.Tensors;

namespace Multimodal.Onnx.Sessions;

/// <summary>An output that a run is asked for, and what is known of it beforehand.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type: float32 or float16 where the shape is known.</param>
/// <param name="Shape">Its shape, batch first; null where only the run tells.</param>
internal readonly record struct KnownOutput(string Name, TensorElementType Type, long[]? Shape);
