using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>The port to exclusive rights on jobs, for engines that have no other way to run a job only once at a time.</summary>
public interface IJobLeases
{
    /// <summary>Takes the right to run a job; null where another holds it. Disposing gives it back, and so does a crash.</summary>
    ValueTask<IAsyncDisposable?> TryAcquireAsync(JobId jobId, CancellationToken cancellationToken = default);
}
