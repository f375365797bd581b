using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>What became of what was to become a job.</summary>
/// <param name="Started">The job, where it was started by this run of the batch.</param>
/// <param name="Refusals">What could not be taken in.</param>
/// <param name="Failure">What went wrong for a reason outside of it; null where nothing did.</param>
internal sealed record TakenGroup(JobId? Started, IReadOnlyList<BatchRefusal> Refusals, Exception? Failure = null)
{
    /// <summary>A job that was there already.</summary>
    public static TakenGroup Skipped { get; } = new(null, []);

    /// <summary>Nothing was made.</summary>
    public static TakenGroup Refused(BatchRefusal refusal) => new(null, [refusal]);
}
