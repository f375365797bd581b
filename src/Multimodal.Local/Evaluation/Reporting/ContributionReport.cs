namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Mean contributions to a probability, −1 to 1.</summary>
internal sealed record ContributionReport(double Clean, double Degraded);
