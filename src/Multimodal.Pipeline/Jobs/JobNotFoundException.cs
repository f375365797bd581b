namespace Multimodal.Pipeline.Jobs;

/// <summary>There is no such job, or it was erased meanwhile.</summary>
public sealed class JobNotFoundException : Exception
{
    /// <summary>Names the job.</summary>
    public JobNotFoundException(JobId jobId)
        : base($"There is no job '{jobId}'.") =>
        JobId = jobId;

    /// <summary>The job.</summary>
    public JobId JobId { get; }
}
