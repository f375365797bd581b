namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>What a threshold of confidence lets through.</summary>
/// <param name="Threshold">The threshold, 0 to 1.</param>
/// <param name="Coverage">The share of all verdicts that reach it.</param>
/// <param name="Risk">The share of those that is wrong; null where none reaches it.</param>
/// <param name="Covered">How many reach it.</param>
/// <param name="Wrong">How many of those are wrong.</param>
internal sealed record RiskCoveragePoint(double Threshold, double Coverage, double? Risk, int Covered, int Wrong);
