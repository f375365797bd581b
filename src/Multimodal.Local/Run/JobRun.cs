using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Run;

/// <summary>What came of a job: its result, or why there is none.</summary>
/// <param name="Job">The job.</param>
/// <param name="Result">Its result, or null.</param>
/// <param name="Failure">What went wrong where there is no result.</param>
/// <param name="Elapsed">From the first file read to the result stored.</param>
internal sealed record JobRun(JobId Job, JobResult? Result, string? Failure, TimeSpan Elapsed)
{
    /// <summary>Whether there is no verdict and no embedding.</summary>
    public bool Failed => Result is null || Result.Status == JobOutcomeStatus.Failed;
}
