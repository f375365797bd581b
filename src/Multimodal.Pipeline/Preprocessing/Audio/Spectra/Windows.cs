namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>Window functions.</summary>
internal static class Windows
{
    /// <summary>Hann's window with the window's length as its period, as transforms in a row want it.</summary>
    public static double[] PeriodicHann(int length) => Cosine(length, length, 0.5);

    /// <summary>Hann's window from zero to zero.</summary>
    public static double[] SymmetricHann(int length) => Cosine(length, length - 1, 0.5);

    /// <summary>Hann's window to the power of 0.85: like Hamming's, but zero at the ends (D. Povey, Kaldi).</summary>
    public static double[] Povey(int length) => [.. SymmetricHann(length).Select(value => Math.Pow(value, 0.85))];

    private static double[] Cosine(int length, int period, double mean) =>
        [.. Enumerable.Range(0, length).Select(i => mean - ((1 - mean) * Math.Cos(2 * Math.PI * i / period)))];
}
