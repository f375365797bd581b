using System.Globalization;
using Multimodal.Local.Repository;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>The report's figures in words, as the console and the card show them.</summary>
internal static class OptimizeText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Size(SizeReport size) => string.Create(Culture, $"{ByteText.Of(size.Before)} → {ByteText.Of(size.After)} ({100 * size.Share:0.0} %)");

    // A loss of a millionth shows.
    public static string Cosine(double cosine) => cosine.ToString("0.000000", Culture);

    /// <summary>What became of how many parts: <c>12 integers, 1 spared</c>.</summary>
    public static string Treatments(NetworkReport network) => network.Parts.Count == 0 ? "nothing to make lighter" : string.Join(
        ", ", network.Parts.CountBy(part => part.Treatment).Select(pair => string.Create(Culture, $"{pair.Value} {pair.Key}")));

    /// <summary>Load time: <c>12 → 8 ms</c>.</summary>
    public static string Load(NetworkReport network) =>
        network.Speed is { } speed ? string.Create(Culture, $"{speed.LoadBefore:0} → {speed.LoadAfter:0} ms") : "";

    /// <summary>The speed at a number of items: <c>3.1 → 1.9 ms, 1.63 ×</c>.</summary>
    public static string Speed(NetworkReport network, int batch) => network.Speed?.Batches.FirstOrDefault(point => point.Batch == batch) is { } point
        ? string.Create(Culture, $"{point.Before:0.##} → {point.After:0.##} ms, {point.Ratio:0.00} ×")
        : "";

    public static string Accuracy(AccuracyReport accuracy) => string.Create(
        Culture,
        $"{accuracy.Items}: {accuracy.Before} → {accuracy.After} of {accuracy.Count} right ({100.0 * accuracy.Before / accuracy.Count:0.00} → {100.0 * accuracy.After / accuracy.Count:0.00} %), {accuracy.Changed} told differently");
}
