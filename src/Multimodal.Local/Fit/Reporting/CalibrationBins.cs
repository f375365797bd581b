namespace Multimodal.Local.Fit.Reporting;

/// <summary>
/// The expected calibration error: over bins of equal width of the confidence, the mean distance of a bin's accuracy from its mean
/// confidence, each bin counted by its items (C. Guo et al., "On calibration of modern neural networks", 2017).
/// </summary>
internal static class CalibrationBins
{
    private const int Bins = 15;

    /// <summary>Computes it.</summary>
    /// <param name="verdicts">Confidences, 0 to 1, and whether the verdicts are right; one or more.</param>
    public static double Error(IReadOnlyCollection<(double Confidence, bool IsRight)> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return verdicts.GroupBy(verdict => Math.Min((int)(verdict.Confidence * Bins), Bins - 1))
            .Sum(bin => Math.Abs(bin.Sum(verdict => verdict.Confidence) - bin.Count(verdict => verdict.IsRight))) / verdicts.Count;
    }
}
