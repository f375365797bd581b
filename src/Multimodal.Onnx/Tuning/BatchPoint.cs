namespace Multimodal.Onnx.Tuning;

/// <summary>What a network did at one setting.</summary>
/// <param name="Batch">Items of a run.</param>
/// <param name="Runs">Runs at once.</param>
/// <param name="Threads">Threads within a run.</param>
/// <param name="ItemsPerSecond">Items of all runs together, a second.</param>
/// <param name="RunMilliseconds">How long a run took on average, in milliseconds.</param>
public sealed record BatchPoint(int Batch, int Runs, int Threads, double ItemsPerSecond, double RunMilliseconds);
