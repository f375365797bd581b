namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>Triangular bands over the bins of a power spectrum; of each the part that is not zero.</summary>
/// <param name="FirstBins">Of each band, its first bin.</param>
/// <param name="Weights">Of each band, the weights from there on.</param>
internal sealed record MelBands(int[] FirstBins, double[][] Weights)
{
    private const double SlaneyBend = 1000;
    private const double SlaneyBendMels = 15;
    private static readonly double SlaneyStep = Math.Log(6.4) / 27;

    /// <summary>The number of bands.</summary>
    public int Count => FirstBins.Length;

    /// <summary>Bands whose edges are equally far apart in mels.</summary>
    /// <param name="bins">Bins of the spectrum, from 0 Hz to half the sample rate.</param>
    /// <param name="count">The number of bands.</param>
    /// <param name="lowest">Lower edge of the first, in hertz.</param>
    /// <param name="highest">Upper edge of the last, in hertz.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="scale">The formula for mels.</param>
    /// <param name="equalAreas">Whether each band is divided by half its width in hertz (Slaney's norm), else all have the height 1.</param>
    /// <param name="straightInMels">Whether the triangles' sides are straight over mels (Kaldi's way), else over hertz.</param>
    public static MelBands Create(
        int bins, int count, double lowest, double highest, int sampleRate, MelScale scale, bool equalAreas = false, bool straightInMels = false)
    {
        var (from, to) = (ToMel(lowest, scale), ToMel(highest, scale));
        var mels = Enumerable.Range(0, count + 2).Select(i => from + ((to - from) * i / (count + 1))).ToArray();
        var edges = straightInMels ? mels : [.. mels.Select(mel => ToHertz(mel, scale))];
        var places = Enumerable.Range(0, bins)
            .Select(bin => (double)bin * sampleRate / (2 * (bins - 1)))
            .Select(hertz => straightInMels ? ToMel(hertz, scale) : hertz).ToArray();

        var bands = new MelBands(new int[count], new double[count][]);
        for (var band = 0; band < count; band++)
        {
            var (low, middle, high) = (edges[band], edges[band + 1], edges[band + 2]);
            var area = equalAreas ? 2 / (high - low) : 1;
            var weights = places.Select(at => Math.Max(0, Math.Min((at - low) / (middle - low), (high - at) / (high - middle))) * area).ToArray();
            var first = Math.Max(0, Array.FindIndex(weights, weight => weight > 0));
            bands.FirstBins[band] = first;
            bands.Weights[band] = weights[first..(Array.FindLastIndex(weights, weight => weight > 0) + 1)];
        }

        return bands;
    }

    private static double ToMel(double hertz, MelScale scale) => scale switch
    {
        MelScale.Htk => 2595 * Math.Log10(1 + (hertz / 700)),
        MelScale.Kaldi => 1127 * Math.Log(1 + (hertz / 700)),
        _ => hertz < SlaneyBend ? hertz * 3 / 200 : SlaneyBendMels + (Math.Log(hertz / SlaneyBend) / SlaneyStep),
    };

    private static double ToHertz(double mel, MelScale scale) => scale switch
    {
        MelScale.Htk => 700 * (Math.Pow(10, mel / 2595) - 1),
        MelScale.Kaldi => 700 * (Math.Exp(mel / 1127) - 1),
        _ => mel < SlaneyBendMels ? mel * 200 / 3 : SlaneyBend * Math.Exp(SlaneyStep * (mel - SlaneyBendMels)),
    };
}
