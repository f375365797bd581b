using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Recovery;

/// <summary>
/// Resumes jobs that are open though nothing runs them: their starter died before it started them, or their run failed.
/// A job that does run is left by the engine as it is.
/// </summary>
public sealed class OpenJobSweep(OpenMarks marks, JobRecords records, JobLauncher launcher, TimeProvider time, ILogger<OpenJobSweep> logger)
{
    // A mark comes before its record; only much later can it be told that none will follow.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Resumes the jobs that have been open for long.</summary>
    /// <param name="patience">
    /// How long a job may be open before it is resumed; then twice as long after each time, up to an hour. Zero resumes all,
    /// as a host does that starts.
    /// </param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    /// <returns>How many were resumed.</returns>
    public async Task<int> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var resumed = 0;
        await foreach (var mark in marks.ListAsync(time.GetUtcNow() - patience, cancellationToken))
        {
            try
            {
                resumed += await ResumeAsync(mark, patience, cancellationToken) ? 1 : 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One job's trouble, an erasure under way for one, keeps none of the others.
                Log.ResumeFailed(logger, LoggedException.Of(e), mark.JobId);
            }
        }

        return resumed;
    }

    private async Task<bool> ResumeAsync(OpenMark mark, TimeSpan patience, CancellationToken cancellationToken)
    {
        var age = time.GetUtcNow() - mark.Since;
        var record = await records.FindAsync(mark.JobId, cancellationToken);
        if (record is not { State: JobState.Open } || record.Revision != mark.Revision)
        {
            if (age >= Abandoned)
            {
                await marks.RemoveAsync(mark.JobId, mark.Revision, cancellationToken);
            }

            return false;
        }

        if (age < PauseBefore(mark, patience))
        {
            return false;
        }

        // Noted first: a job whose start brings the host down is then tried ever more seldom.
        await marks.NoteResumedAsync(mark, cancellationToken);
        await launcher.LaunchAsync(record, cancellationToken);
        Log.JobResumed(logger, mark.JobId, mark.Revision);
        return true;
    }

    private static TimeSpan PauseBefore(OpenMark mark, TimeSpan patience)
    {
        var pause = patience * Math.Pow(2, Math.Min(mark.Resumed, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
