namespace Multimodal.Pipeline.Tasks;

/// <summary>The verdict of a classification: every label with its probability; they sum to 1.</summary>
public sealed record ClassificationOutcome : ScoredOutcome;
