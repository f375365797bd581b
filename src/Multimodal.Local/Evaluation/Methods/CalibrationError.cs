namespace Multimodal.Local.Evaluation.Methods;

/// <summary>
/// The expected calibration error (Guo et al., "On calibration of modern neural networks", 2017): over bins of equal width of the
/// confidence, the distance of mean confidence and accuracy, weighted by how many verdicts a bin has.
/// </summary>
internal static class CalibrationError
{
    /// <summary>How many bins.</summary>
    public const int Bins = 15;

    /// <summary>Computes it, 0 to 1; NaN where there are no verdicts.</summary>
    /// <param name="verdicts">Each verdict's confidence, 0 to 1, and whether it is right.</param>
    public static double Of(IEnumerable<(double Confidence, bool IsRight)> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        var (surplus, count) = (new double[Bins], 0);
        foreach (var (confidence, isRight) in verdicts)
        {
            // Bins are open below and closed above.
            var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            surplus[bin] += confidence - (isRight ? 1 : 0);
            count++;
        }

        // Beyond this, embeddings differ from run to run by how they were batched.
        return Math.Round(surplus.Sum(Math.Abs) / count, 6);
    }
}
