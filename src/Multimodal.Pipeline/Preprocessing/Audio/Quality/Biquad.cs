namespace Multimodal.Pipeline.Preprocessing.Audio.Quality;

/// <summary>Coefficients of a filter of second order, y₀ = b₀x₀ + b₁x₁ + b₂x₂ − a₁y₁ − a₂y₂.</summary>
internal readonly record struct Biquad(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>The first stage of K-weighting, a shelf of +4 dB for what lies above 1.7 kHz: the effect of a head.</summary>
    public static Biquad Shelf(int sampleRate)
    {
        const double Frequency = 1681.974450955533, Gain = 3.999843853973347, Quality = 0.7071752369554196;
        var k = Math.Tan(Math.PI * Frequency / sampleRate);
        var high = Math.Pow(10, Gain / 20);
        var band = Math.Pow(high, 0.4996667741545416);
        var norm = 1 + (k / Quality) + (k * k);
        return new Biquad(
            (high + (band * k / Quality) + (k * k)) / norm,
            2 * ((k * k) - high) / norm,
            (high - (band * k / Quality) + (k * k)) / norm,
            2 * ((k * k) - 1) / norm,
            (1 - (k / Quality) + (k * k)) / norm);
    }

    /// <summary>The second stage of K-weighting, a high-pass at 38 Hz.</summary>
    public static Biquad HighPass(int sampleRate)
    {
        const double Frequency = 38.13547087602444, Quality = 0.5003270373238773;
        var k = Math.Tan(Math.PI * Frequency / sampleRate);
        var norm = 1 + (k / Quality) + (k * k);
        return new Biquad(1, -2, 1, 2 * ((k * k) - 1) / norm, (1 - (k / Quality) + (k * k)) / norm);
    }
}
