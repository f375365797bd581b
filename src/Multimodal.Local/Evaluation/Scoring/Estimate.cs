namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>A value with its interval of 95 %.</summary>
/// <param name="Value">The value on all items: an accuracy of 0 to 1, or a difference of two, -1 to 1.</param>
/// <param name="Low">The interval's lower end: the 2.5 % percentile of the resamples.</param>
/// <param name="High">The interval's upper end: the 97.5 % percentile of the resamples.</param>
internal sealed record Estimate(double Value, double Low, double High)
{
    /// <summary>Makes a percentile interval.</summary>
    /// <param name="value">The value on all items.</param>
    /// <param name="resampled">The value on each resample; NaN where a resample held nothing, which is passed over.</param>
    public static Estimate Of(double value, IEnumerable<double> resampled)
    {
        double[] sorted = [.. resampled.Where(double.IsFinite).Order()];
        const double Tail = (1 - PigeonholeBootstrap.Confidence) / 2;
        return sorted.Length == 0 ? new Estimate(value, value, value) : new Estimate(value, Quantile(sorted, Tail), Quantile(sorted, 1 - Tail));
    }

    /// <summary>Linear between the two nearest of the sorted values (Hyndman and Fan's type 7).</summary>
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
