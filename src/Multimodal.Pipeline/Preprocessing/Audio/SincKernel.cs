namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// A low-pass filter by the window method: an ideal one cut off and weighted by a Kaiser window (J. F. Kaiser, "Nonrecursive digital
/// filter design using the I0-sinh window function", 1974).
/// </summary>
/// <remarks>
/// Kaiser's formulas, with a stop band of A = 100 dB: β = 0.1102 (A − 8.7), and a transition of (A − 7.95) / (2.285 · 2 · 64) radians,
/// which is a tenth of the band, for 64 samples of the lower rate on either side. Centred on 0.95 of the lower rate's Nyquist frequency
/// it leaves everything below 0.9 of it flat and has ended at 1.
/// </remarks>
internal static class SincKernel
{
    /// <summary>Half of the filter's length, in samples of the lower rate.</summary>
    public const int Reach = 64;

    private const double Cutoff = 0.95;
    private const double Beta = 0.1102 * (100 - 8.7);

    private static readonly double WindowNorm = BesselI0(Beta);

    /// <summary>The filter at a distance in samples of the lower rate; it sums to 1 over them.</summary>
    public static double At(double distance)
    {
        var x = distance / Reach;
        if (Math.Abs(x) >= 1)
        {
            return 0;
        }

        var phase = Math.PI * Cutoff * distance;
        var sinc = phase == 0 ? 1 : Math.Sin(phase) / phase;
        return Cutoff * sinc * BesselI0(Beta * Math.Sqrt(1 - (x * x))) / WindowNorm;
    }

    // The modified Bessel function of order 0 by its power series; the terms fall below a double's resolution after some thirty.
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
