namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>Asks for the next page of a batch to be taken in.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Jobs">How many jobs at the most.</param>
/// <param name="Lenient">
/// Whether what fails while others go well is refused: it failed before, and the batch is not to stand still for it.
/// </param>
public sealed record PageRequest(string Batch, int Jobs, bool Lenient = false);
