namespace Multimodal.Orchestration.Batches;

/// <summary>What a batch had done at a time; of several its rate is made.</summary>
/// <param name="At">When.</param>
/// <param name="Started">Jobs started by then.</param>
/// <param name="Ended">Jobs that had come to an end.</param>
public sealed record BatchSample(DateTimeOffset At, long Started, long Ended);
