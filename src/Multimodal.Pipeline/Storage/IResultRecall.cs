using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>The port to a queue from which messages can be taken back; not every queue is one.</summary>
public interface IResultRecall
{
    /// <summary>Takes back a job's messages that nobody has read yet.</summary>
    ValueTask RecallAsync(JobId job, CancellationToken cancellationToken = default);
}
