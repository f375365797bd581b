namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>What a run of a batch ends with.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="State">How it stands; null where its record is gone.</param>
public sealed record BatchSummary(string Batch, BatchState? State);
