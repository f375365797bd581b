namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>A point of the curve of risk over coverage.</summary>
/// <param name="Coverage">The share of all verdicts that pass.</param>
/// <param name="Risk">The share of those that is wrong.</param>
internal sealed record RiskCoverageStep(double Coverage, double Risk);
