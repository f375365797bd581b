namespace Multimodal.Onnx.Tuning;

/// <summary>What is tried of an encoder, and how it runs where nothing was measured.</summary>
/// <param name="Cores">Threads that all runs together may use.</param>
/// <param name="MaximumThreads">The most threads within a run.</param>
/// <param name="MaximumBatch">The largest batch.</param>
/// <param name="DefaultBatch">The batch where nothing was measured.</param>
/// <param name="DefaultRuns">Runs at once where nothing was measured, with one thread each.</param>
internal sealed record TuningRange(int Cores, int MaximumThreads, int MaximumBatch, int DefaultBatch, int DefaultRuns)
{
    // On a GPU a run's own threads only feed it, and a few runs at once keep it fed; it wants batches.
    private const int DeviceRuns = 4;

    /// <summary>That of an execution provider on this machine.</summary>
    public static TuningRange Of(ExecutionProvider provider) => provider == ExecutionProvider.Cpu
        ? new TuningRange(Environment.ProcessorCount, Environment.ProcessorCount, 32, 8, Environment.ProcessorCount)
        : new TuningRange(DeviceRuns, 1, 128, 32, 2);
}
