namespace Multimodal.Pipeline.Jobs;

/// <summary>Where the time of a modality's encoding went.</summary>
/// <param name="QueueMilliseconds">How long the input that waited longest waited for a run of the network.</param>
/// <param name="ComputeMilliseconds">The time of the runs, each counted by the share of its items that were this job's.</param>
/// <param name="LargestBatch">The most items that shared a run with an input, those of other jobs among them.</param>
/// <param name="LoadMilliseconds">How long the network took to be opened; null where it was open: no cold start.</param>
/// <param name="WarmUpMilliseconds">How long its first run, on noise, took; null where there was none.</param>
public sealed record EncodingReport(
    double QueueMilliseconds, double ComputeMilliseconds, int LargestBatch, double? LoadMilliseconds = null, double? WarmUpMilliseconds = null)
{
    /// <summary>Several activities' reports on one modality as one.</summary>
    /// <param name="reports">One or more.</param>
    public static EncodingReport Sum(IReadOnlyList<EncodingReport> reports) => new(
        reports.Max(report => report.QueueMilliseconds),
        reports.Sum(report => report.ComputeMilliseconds),
        reports.Max(report => report.LargestBatch),
        reports.Max(report => report.LoadMilliseconds),
        reports.Max(report => report.WarmUpMilliseconds));
}
