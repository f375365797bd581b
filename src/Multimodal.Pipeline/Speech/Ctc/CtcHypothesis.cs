namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>What was decoded.</summary>
/// <param name="Tokens">The labels with their steps, in their order.</param>
/// <param name="LogProbability">The logarithm of the labelling's probability: the sum over all of its alignments.</param>
internal sealed record CtcHypothesis(IReadOnlyList<CtcToken> Tokens, double LogProbability);
