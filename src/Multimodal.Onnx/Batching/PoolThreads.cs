namespace Multimodal.Onnx.Batching;

/// <summary>
/// Sees to it that runs, which take a thread of the pool each for as long as items wait, leave the others as many as they had: the pool
/// gives by itself one thread for each core at once, and more only after a while.
/// </summary>
internal static class PoolThreads
{
    private static readonly Lock Gate = new();

    /// <summary>Adds threads for runs.</summary>
    public static void Add(int runs) => Change(runs);

    /// <summary>Takes them away again.</summary>
    public static void Remove(int runs) => Change(-runs);

    private static void Change(int runs)
    {
        lock (Gate)
        {
            ThreadPool.GetMinThreads(out var workers, out var completions);

            // Refused where it passes the most threads that the process allows: then there are enough.
            ThreadPool.SetMinThreads(Math.Max(1, workers + runs), completions);
        }
    }
}
