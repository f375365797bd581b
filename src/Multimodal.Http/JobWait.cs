using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http;

/// <summary>
/// Waits for a job to be closed by asking the store, so that it is the same with every engine. A host that stops keeps nobody waiting.
/// </summary>
internal sealed class JobWait(JobRecords records, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a revision was closed within the time.</summary>
    /// <exception cref="JobNotFoundException">The job is gone.</exception>
    public async Task<bool> UntilClosedAsync(JobId job, int revision, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var delay = First; ; delay = Shorter(delay * 1.5, Longest))
        {
            var record = await records.GetAsync(job, cancellationToken);
            if (record.Revision > revision || (record.Revision == revision && record.State == JobState.Closed))
            {
                return true;
            }

            var left = limit - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                return false;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
            await Task.Delay(Shorter(delay, left), time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
