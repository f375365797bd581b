namespace Multimodal.Capacity.Kernel;

/// <summary>Random times from one seed: the same seed gives the same times.</summary>
internal sealed class Chance(int seed)
{
    /// <summary>The standard normal distribution's quantile at 99 %.</summary>
    public const double Normal99 = 2.3263478740408408;

    private readonly Random _random = new(seed);

    /// <summary>The time to the next of events that come so often a second, independently (Poisson).</summary>
    public double Exponential(double perSecond) => -Math.Log(1 - _random.NextDouble()) / perSecond;

    /// <summary>A log-normal time, given its median and what 99 of 100 are within, in seconds.</summary>
    public double LogNormal(double median, double p99)
    {
        var sigma = Math.Log(p99 / median) / Normal99;

        // Box and Muller, 1958.
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return median * Math.Exp(sigma * normal);
    }
}
