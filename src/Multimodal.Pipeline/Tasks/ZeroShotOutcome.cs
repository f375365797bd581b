namespace Multimodal.Pipeline.Tasks;

/// <summary>The verdict over labels that the job or the pipeline gave as texts.</summary>
public sealed record ZeroShotOutcome : ScoredOutcome;
