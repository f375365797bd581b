namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>A label that was heard.</summary>
/// <param name="Label">The label.</param>
/// <param name="First">Its first step.</param>
/// <param name="End">The step behind its last.</param>
/// <param name="Confidence">The mean of its probability over its steps, 0 to 1.</param>
internal readonly record struct CtcToken(int Label, int First, int End, double Confidence);
