using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Accuracies of one trial in both conditions; null where there was nothing to judge.</summary>
internal sealed record ScoreReport(int Count, Estimate? Clean, Estimate? Degraded);
