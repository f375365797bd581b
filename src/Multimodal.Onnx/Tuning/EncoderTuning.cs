namespace Multimodal.Onnx.Tuning;

/// <summary>What was measured of an encoder on a machine, and what follows.</summary>
/// <param name="Machine">What the measurement holds for: processor, cores, runtime, execution provider.</param>
/// <param name="Knee">The setting that the engine takes.</param>
/// <param name="Points">All that was measured.</param>
public sealed record EncoderTuning(string Machine, BatchPoint Knee, IReadOnlyList<BatchPoint> Points);
