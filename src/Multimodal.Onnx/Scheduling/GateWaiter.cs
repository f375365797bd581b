namespace Multimodal.Onnx.Scheduling;

/// <summary>A run that waits at a <see cref="RunGate"/>.</summary>
/// <param name="Entry">On whose behalf.</param>
/// <param name="Runner">What is given to the thread pool when it may begin.</param>
/// <param name="AskedAt">When it asked, in ticks of the stopwatch.</param>
internal readonly record struct GateWaiter(GateEntry Entry, IThreadPoolWorkItem Runner, long AskedAt);
