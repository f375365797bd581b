namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>What a run of a batch is started with. Everything else stands in its record.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="WakeAt">When to look at the record next, where the run goes on after it waited before; null at its start.</param>
/// <param name="NextPage">When the next page may begin, so that the rate is kept to; null at once.</param>
/// <param name="Idle">How often in a row nothing had changed.</param>
/// <param name="Failures">How often in a row a step failed at every attempt.</param>
/// <param name="Trouble">What was said then; null where there is none.</param>
public sealed record RunBatchRequest(
    string Batch,
    DateTimeOffset? WakeAt = null,
    DateTimeOffset? NextPage = null,
    int Idle = 0,
    int Failures = 0,
    string? Trouble = null);
