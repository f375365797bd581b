using System.Diagnostics;

namespace Multimodal.Onnx.Tuning;

/// <summary>Measures two networks that take turns.</summary>
internal static class BareComparer
{
    /// <summary>Measures.</summary>
    public static BareComparison Compare(
        Func<IMeasuredModel> openBefore,
        Func<IMeasuredModel> openAfter,
        IReadOnlyList<int> batches,
        int rounds,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        var loads = Enumerable.Range(0, rounds).Select(_ => (Before: Load(openBefore), After: Load(openAfter))).ToList();
        using var before = openBefore();
        using var after = openAfter();
        return new BareComparison(
            Median(loads.Select(round => round.Before)),
            Median(loads.Select(round => round.After)),
            [.. batches.Select(batch => Compare(before, after, batch, rounds, duration, cancellationToken))]);
    }

    private static BatchComparison Compare(
        IMeasuredModel before, IMeasuredModel after, int batch, int rounds, TimeSpan duration, CancellationToken cancellationToken)
    {
        double Measure(IMeasuredModel model) => BatchMeter.Measure(model, batch, 1, 1, duration, cancellationToken).RunMilliseconds;
        var turns = Enumerable.Range(0, rounds).Select(_ => (Before: Measure(before), After: Measure(after))).ToList();
        return new BatchComparison(
            batch, Median(turns.Select(turn => turn.Before)), Median(turns.Select(turn => turn.After)), Median(turns.Select(turn => turn.Before / turn.After)));
    }

    private static double Load(Func<IMeasuredModel> open)
    {
        var begun = Stopwatch.GetTimestamp();
        open().Dispose();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
