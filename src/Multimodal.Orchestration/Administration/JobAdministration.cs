using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Administration;

/// <summary>Runs jobs again, and erases them.</summary>
public sealed class JobAdministration(
    JobStarter starter,
    InputRetake retake,
    JobEraser eraser,
    Tombstones tombstones,
    IJobEngine engine,
    RetentionOptions retention,
    ILogger<JobAdministration> logger)
{
    /// <summary>
    /// Runs a job's next revision over all that is uploaded now, without waiting for more; what failed is tried again.
    /// An open job goes on with the revision that it is at.
    /// </summary>
    /// <returns>The open record.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobErasedException">The job was erased.</exception>
    public async Task<JobRecord> RerunAsync(JobId job, CancellationToken cancellationToken)
    {
        await ThrowIfErasedAsync(job, cancellationToken);
        var record = await starter.ReopenAsync(job, options: null, cancellationToken);
        await retake.RetakeAllAsync(record, cancellationToken);
        await starter.StartAsync(record, complete: true, cancellationToken);
        await engine.WakeAsync(job, cancellationToken);
        return record;
    }

    /// <summary>
    /// Stops a job and erases everything that is stored of it. A tombstone without content is left for
    /// <see cref="RetentionOptions.TombstoneDays"/>; while it stands nothing of the job is written back, and its id cannot be used.
    /// Repeated, as after a crash in the middle, it erases what is left.
    /// </summary>
    /// <remarks>Messages that are on a storage account's queue already, and what the engine's own platform keeps for a while, are out of reach.</remarks>
    /// <returns>Whether there was such a job, now or before it was erased.</returns>
    public async Task<bool> EraseAsync(JobId job, CancellationToken cancellationToken)
    {
        if (!await tombstones.ExistsAsync(job, cancellationToken) && !await eraser.HoldsAsync(job, cancellationToken))
        {
            return false;
        }

        // The tombstone first: what is written from now on is taken back by those who write it.
        await tombstones.PlaceAsync(job, TimeSpan.FromDays(retention.TombstoneDays), cancellationToken);
        await engine.StopAsync(job, cancellationToken);
        await eraser.EraseAsync(job, cancellationToken);
        Log.JobErased(logger);
        return true;
    }

    /// <summary>Throws where a job was erased, so that this is told from a job that never was.</summary>
    /// <exception cref="JobErasedException">The job was erased.</exception>
    public async Task ThrowIfErasedAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await tombstones.FindAsync(job, cancellationToken) is { } tombstone)
        {
            throw new JobErasedException(job, tombstone.ExpiresAt);
        }
    }
}
