namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>Asks how a batch stands.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Trouble">Why it does not get on, to be noted in its record; null where it does.</param>
public sealed record LookRequest(string Batch, string? Trouble = null);
