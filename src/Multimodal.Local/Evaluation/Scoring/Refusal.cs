using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>An item that the product would leave out, and why.</summary>
internal sealed record Refusal(Modality Modality, Condition Condition, string Name, string Code, string Message);
