namespace Multimodal.Onnx.Tuning;

/// <summary>
/// Finds the setting at which a network does the most work without making anybody wait longer than that takes: the knee. Which it is
/// depends on the network and the machine: some gain from batches, some from runs at once, some from neither.
/// </summary>
internal static class BatchTuner
{
    // A series of batch sizes ends where it does so much worse than its own best: larger ones do not come back.
    private const double GiveUp = 0.8;

    // Settings this near to the best are as good as it; the noise of a measurement is of this size.
    private const double Near = 0.97;

    /// <summary>Measures settings until nothing more is to be gained.</summary>
    /// <param name="cores">Threads that all runs together may use.</param>
    /// <param name="maximumThreads">The most threads within a run.</param>
    /// <param name="maximumBatch">The largest batch to try.</param>
    /// <param name="longestRun">Larger batches are not tried where a run takes longer.</param>
    /// <param name="measure">Measures a setting: batch, runs at once, threads within a run.</param>
    public static IReadOnlyList<BatchPoint> Search(
        int cores, int maximumThreads, int maximumBatch, TimeSpan longestRun, Func<int, int, int, BatchPoint> measure)
    {
        var points = new List<BatchPoint>();
        foreach (var threads in PowersOfTwo(Math.Min(cores, maximumThreads)))
        {
            foreach (var runs in PowersOfTwo(cores / threads))
            {
                var best = 0.0;
                foreach (var batch in PowersOfTwo(maximumBatch))
                {
                    var point = measure(batch, runs, threads);
                    points.Add(point);
                    best = Math.Max(best, point.ItemsPerSecond);
                    if (point.ItemsPerSecond < GiveUp * best || point.RunMilliseconds > longestRun.TotalMilliseconds)
                    {
                        break;
                    }
                }
            }
        }

        return points;
    }

    /// <summary>Of the points that are as good as the best, the one whose runs are the shortest.</summary>
    /// <param name="points">One or more.</param>
    public static BatchPoint FindKnee(IReadOnlyList<BatchPoint> points)
    {
        var best = points.Max(point => point.ItemsPerSecond);
        return points.Where(point => point.ItemsPerSecond >= Near * best).MinBy(point => point.RunMilliseconds)!;
    }

    // 1, 2, 4 … and the bound itself.
    private static IEnumerable<int> PowersOfTwo(int bound)
    {
        for (var value = 1; value < bound; value *= 2)
        {
            yield return value;
        }

        yield return bound;
    }
}
