namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>A method's accuracy with inputs missing at random.</summary>
/// <param name="Rate">The probability that an input is missing, 0 to 1.</param>
/// <param name="Score">The accuracy on the pairs of which something is left.</param>
internal sealed record MissingReport(double Rate, ScoreReport Score);
