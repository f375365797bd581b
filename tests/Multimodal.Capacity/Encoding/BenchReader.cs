using Multimodal.Capacity.Inputs;
using Multimodal.Local.Bench;
using Multimodal.Pipeline.Models;

namespace Multimodal.Capacity.Encoding;

/// <summary>Makes a calibration of reports of <c>multimodal bench</c>.</summary>
internal static class BenchReader
{
    /// <summary>Reads reports; of a modality that several measured the last counts.</summary>
    /// <exception cref="PipelineException">One cannot be read, or has nothing measured.</exception>
    public static EncoderCalibration Read(IReadOnlyList<string> paths)
    {
        var reports = paths.Select(path => Files.Read(path, BenchJson.Default.BenchReport, "Give a bench.json of 'multimodal bench'.")).ToList();
        var encoders = reports.SelectMany(report => report.Encoders.Select(encoder => Measured(report, encoder)))
            .GroupBy(encoder => encoder.Modality).Select(group => group.Last()).OrderBy(encoder => encoder.Modality).ToList();
        return encoders.Count > 0
            ? new EncoderCalibration(
                string.Join("; ", reports.Select(report => $"{report.Runtime}, {report.Cores} cores").Distinct()),
                $"multimodal bench {string.Join(", ", reports.Select(report => report.Pipeline.Name).Distinct())}",
                encoders)
            : throw new PipelineException("The reports hold no encoder. Measure one by 'multimodal bench'.");
    }

    /// <summary>The points of an encoder: one for each number of callers.</summary>
    public static EncoderMeasurement Measured(BenchReport report, EncoderReport encoder) => new(
        encoder.Modality,
        $"{report.Pipeline.Name} {report.Pipeline.Version}",
        [.. encoder.Points.Select(point => PointOf(point, encoder.Setting.Runs))]);

    /// <summary>
    /// Callers that each wait for their answer: those that are not in a run wait for one, so that as many runs are under way as there
    /// are callers for, up to a limit.
    /// </summary>
    /// <param name="point">What was measured.</param>
    /// <param name="runs">The most runs at once.</param>
    public static EncoderPoint PointOf(LoadPoint point, int runs)
    {
        // The report has the share of the requests by the size of their run; of the runs it is the harmonic mean.
        var batch = 1 / point.Batches.Sum(pair => pair.Value / pair.Key);
        return new EncoderPoint(batch, Math.Min(runs, point.Callers / batch), point.PerSecond);
    }
}
