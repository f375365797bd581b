namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>Sums of probabilities that are kept as logarithms.</summary>
internal static class LogSum
{
    /// <summary>log(exp(a) + exp(b)), without overflow; -∞ stands for 0.</summary>
    public static double Of(double a, double b)
    {
        var (high, low) = a >= b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(low) ? high : high + double.LogP1(Math.Exp(low - high));
    }
}
