namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Expected calibration errors of one method, 0 to 1.</summary>
/// <param name="All">Over every subset of the modalities, clean and degraded.</param>
/// <param name="Clean">All modalities, clean.</param>
/// <param name="Degraded">All modalities, degraded.</param>
internal sealed record CalibrationReport(double All, double Clean, double Degraded);
