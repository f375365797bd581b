namespace Multimodal.Pipeline.Tasks;

/// <summary>The verdict of a classification; with softmax the scores of all labels sum to 1.</summary>
public sealed record ClassificationOutcome : ScoredOutcome;
