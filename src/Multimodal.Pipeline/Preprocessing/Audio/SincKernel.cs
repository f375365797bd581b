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

    // I₀(x) = Σ (x²/4)ᵏ / (k!)². With x² / 4 at most β² / 4 = 25.3 the terms from the 30th on are below a double's resolution.
    private static readonly double[] BesselTerms = [.. Enumerable.Range(0, 31).Select(k =>
        Enumerable.Range(1, k).Aggregate(1.0, (term, i) => term / ((double)i * i)))];

    private static readonly double WindowNorm = BesselI0(Beta * Beta / 4);

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
        return Cutoff * sinc * BesselI0(Beta * Beta / 4 * (1 - (x * x))) / WindowNorm;
    }

    private static double BesselI0(double quarterSquare)
    {
        var sum = 0.0;
        for (var k = BesselTerms.Length - 1; k >= 0; k--)
        {
            sum = (sum * quarterSquare) + BesselTerms[k];
        }

        return sum;
    }
}
