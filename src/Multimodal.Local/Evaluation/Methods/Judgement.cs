namespace Multimodal.Local.Evaluation.Methods;

/// <summary>A verdict on a pair, with its probabilities.</summary>
/// <param name="Label">The label.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
/// <param name="OfTruth">The probability of the true label, 0 to 1.</param>
internal readonly record struct Judgement(string Label, double Confidence, double OfTruth);
