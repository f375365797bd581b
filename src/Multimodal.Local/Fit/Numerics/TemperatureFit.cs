namespace Multimodal.Local.Fit.Numerics;

/// <summary>
/// The temperature that logits are divided by so that confidences are as often right as they say: the one of the least mean negative
/// log-likelihood (C. Guo et al., "On calibration of modern neural networks", 2017).
/// </summary>
internal static class TemperatureFit
{
    private const double Lowest = 0.02, Highest = 50;
    private const int Steps = 100;

    /// <summary>Fits it.</summary>
    /// <param name="logits">The logits of each item.</param>
    /// <param name="truths">The place of each item's label.</param>
    /// <returns>0.02 to 50.</returns>
    public static double Fit(IReadOnlyList<double[]> logits, IReadOnlyList<int> truths)
    {
        // In the logarithm of the temperature the loss has one valley: golden section.
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Lowest), Math.Log(Highest));
        var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (lossLeft, lossRight) = (Loss(left), Loss(right));
        for (var i = 0; i < Steps && high - low > 1e-9; i++)
        {
            if (lossLeft <= lossRight)
            {
                (high, right, lossRight) = (right, left, lossLeft);
                left = high - (golden * (high - low));
                lossLeft = Loss(left);
            }
            else
            {
                (low, left, lossLeft) = (left, right, lossRight);
                right = low + (golden * (high - low));
                lossRight = Loss(right);
            }
        }

        return Math.Exp((low + high) / 2);

        double Loss(double logarithm)
        {
            var temperature = Math.Exp(logarithm);
            return logits.Select((item, i) => SoftmaxLoss.Of(item, truths[i], temperature)).Sum();
        }
    }
}
