namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>How a batch stands.</summary>
/// <param name="State">Its state; null where its record is gone.</param>
/// <param name="Jobs">How many jobs the next page may be of; 0 where none may be taken in now.</param>
/// <param name="Closed">How many of its jobs were seen closed by this look.</param>
/// <param name="JobsPerSecond">The rate to be kept to; null where there is none.</param>
public sealed record BatchLook(BatchState? State, int Jobs = 0, int Closed = 0, double? JobsPerSecond = null);
