using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>A task cannot be executed on a job, and another attempt would change nothing. The job's result says so, and holds what other tasks say.</summary>
public sealed class TaskException : Exception
{
    /// <summary>Refuses to execute.</summary>
    public TaskException(JobError error, Exception? innerException = null)
        : base(error?.Message, innerException) =>
        Error = error ?? throw new ArgumentNullException(nameof(error));

    /// <summary>Why, as it stands in the result.</summary>
    public JobError Error { get; }
}
