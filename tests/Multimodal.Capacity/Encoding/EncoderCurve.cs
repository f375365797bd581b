namespace Multimodal.Capacity.Encoding;

/// <summary>
/// How long a run takes by its items: a part for each run and a part for each item. What a replica does a second,
/// runs × items / (fixed + items × each), rises with the items and bends where the fixed part has become small: the knee.
/// </summary>
/// <param name="Fixed">Seconds for each run.</param>
/// <param name="Each">Seconds for each item.</param>
internal sealed record EncoderCurve(double Fixed, double Each)
{
    /// <summary>How long a run of so many items takes, in seconds.</summary>
    public double RunSeconds(double items) => Fixed + (items * Each);

    /// <summary>From how many items on another one adds less than this share to the throughput of a full run of no end.</summary>
    /// <param name="share">The share of the limit 1/<see cref="Each"/> that is enough, below 1.</param>
    public double Knee(double share) => Each > 0 ? Math.Max(1, share / (1 - share) * Fixed / Each) : double.PositiveInfinity;

    /// <summary>The same network on a device whose arithmetic and memory are so many times as fast; what a run costs in itself stays.</summary>
    public EncoderCurve Faster(double factor) => this with { Each = Each / factor };

    /// <summary>The line that is nearest to the measured runs by the squares of the relative differences; neither part is below zero.</summary>
    public static EncoderCurve Fit(EncoderMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        double a = 0, b = 0, c = 0, x = 0, y = 0;
        foreach (var point in measurement.Points)
        {
            // Rows 1/s and batch/s, right-hand side 1: the normal equations of min Σ (fixed/s + each·batch/s − 1)².
            var (one, batch) = (1 / point.RunSeconds, point.Batch / point.RunSeconds);
            (a, b, c, x, y) = (a + (one * one), b + (one * batch), c + (batch * batch), x + one, y + batch);
        }

        var determinant = (a * c) - (b * b);
        if (determinant > 1e-12 * a * c)
        {
            var (fixedPart, each) = (((c * x) - (b * y)) / determinant, ((a * y) - (b * x)) / determinant);
            if (fixedPart >= 0 && each >= 0)
            {
                return new EncoderCurve(fixedPart, each);
            }

            if (each < 0)
            {
                return new EncoderCurve(x / a, 0);
            }
        }

        return new EncoderCurve(0, y / c);
    }
}
