using System.Diagnostics;

namespace Multimodal.Onnx.Tuning;

/// <summary>Measures a network at one setting: runs at once on threads of their own, again and again for a while.</summary>
internal static class BatchMeter
{
    // Fewer say nothing.
    private const int LeastRuns = 2;

    /// <summary>Measures.</summary>
    /// <param name="model">The network, opened with <paramref name="threads"/> threads within a run.</param>
    /// <param name="batch">Items of a run.</param>
    /// <param name="runs">Runs at once.</param>
    /// <param name="threads">Only noted.</param>
    /// <param name="duration">For how long, at the least.</param>
    /// <param name="cancellationToken">Ends the measurement between runs.</param>
    public static BatchPoint Measure(
        IMeasuredModel model, int batch, int runs, int threads, TimeSpan duration, CancellationToken cancellationToken)
    {
        // The first run of a shape allocates and plans.
        model.Run(batch);
        var counts = new int[runs];
        var seconds = new double[runs];
        var workers = Enumerable.Range(0, runs).Select(worker => Task.Factory.StartNew(
            () =>
            {
                var begun = Stopwatch.GetTimestamp();
                do
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    model.Run(batch);
                    counts[worker]++;
                }
                while (counts[worker] < LeastRuns || Stopwatch.GetElapsedTime(begun) < duration);

                seconds[worker] = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WhenAll(workers).GetAwaiter().GetResult();
        return new BatchPoint(
            batch,
            runs,
            threads,
            counts.Zip(seconds, (count, time) => count * batch / time).Sum(),
            1000 * seconds.Sum() / counts.Sum());
    }
}
