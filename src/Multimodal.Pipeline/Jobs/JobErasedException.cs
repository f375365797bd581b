namespace Multimodal.Pipeline.Jobs;

/// <summary>The job was erased, and its tombstone still stands: nothing of it may be written.</summary>
public sealed class JobErasedException : Exception
{
    /// <summary>Names the job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="until">When its id may be used again.</param>
    public JobErasedException(JobId jobId, DateTimeOffset until)
        : base($"The job '{jobId}' was erased; its id cannot be used before {until:u}.")
    {
        JobId = jobId;
        Until = until;
    }

    /// <summary>The job.</summary>
    public JobId JobId { get; }

    /// <summary>When its id may be used again.</summary>
    public DateTimeOffset Until { get; }
}
