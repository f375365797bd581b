using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>
/// Reads and changes job records. A record is created once and changed only over the version that was read. A revision is
/// marked open before its record says so, and the mark goes after the record is closed, so that no open job is without one.
/// </summary>
public sealed class JobRecords
{
    private readonly IBlobStore _store;
    private readonly OpenMarks _marks;

    /// <summary>Keeps records in a store.</summary>
    public JobRecords(IBlobStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _marks = new OpenMarks(store);
    }

    /// <summary>The record of a job, or null where there is no such job.</summary>
    public async ValueTask<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken = default) =>
        (await ReadAsync(job, cancellationToken))?.Value;

    /// <summary>The record of a job that must exist.</summary>
    /// <exception cref="JobNotFoundException">There is no such job; it was erased meanwhile.</exception>
    public async ValueTask<JobRecord> GetAsync(JobId job, CancellationToken cancellationToken = default) =>
        await FindAsync(job, cancellationToken) ?? throw new JobNotFoundException(job);

    /// <summary>Creates a record; where the job exists already, gives the one that is there.</summary>
    public async ValueTask<JobRecord> CreateAsync(JobRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        await _marks.PlaceAsync(record.JobId, record.Revision, cancellationToken);
        var written = await _store.WriteJsonAsync(
            JobPaths.Record(record.JobId), record, PipelineJson.Default.JobRecord, WriteCondition.IfAbsent, cancellationToken);
        return written is null ? await GetAsync(record.JobId, cancellationToken) : record;
    }

    /// <summary>Changes a record; begins anew with the new version where another changed it meanwhile.</summary>
    /// <param name="job">The job, which must exist.</param>
    /// <param name="change">Gives the record's new content, or the same instance where nothing is to change.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The record as it is now stored.</returns>
    /// <exception cref="JobNotFoundException">There is no such job; it was erased meanwhile.</exception>
    public async ValueTask<JobRecord> UpdateAsync(JobId job, Func<JobRecord, JobRecord> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (true)
        {
            var (current, eTag) = await ReadAsync(job, cancellationToken)
                ?? throw new JobNotFoundException(job);
            var changed = change(current);
            if (ReferenceEquals(changed, current))
            {
                return current;
            }

            if (changed.State == JobState.Open && (current.State != JobState.Open || current.Revision != changed.Revision))
            {
                await _marks.PlaceAsync(job, changed.Revision, cancellationToken);
            }

            var written = await _store.WriteJsonAsync(
                JobPaths.Record(job), changed, PipelineJson.Default.JobRecord, WriteCondition.IfMatch(eTag), cancellationToken);
            if (written is not null)
            {
                if (changed.State == JobState.Closed)
                {
                    await _marks.RemoveAsync(job, changed.Revision, cancellationToken);
                }

                return changed;
            }
        }
    }

    private ValueTask<(JobRecord Value, string ETag)?> ReadAsync(JobId job, CancellationToken cancellationToken) =>
        _store.ReadJsonAsync(JobPaths.Record(job), PipelineJson.Default.JobRecord, cancellationToken);
}
