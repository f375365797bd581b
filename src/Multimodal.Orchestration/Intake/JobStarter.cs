using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Starts jobs and their further revisions: the record first, then the orchestration, so that a crash between leaves an open record.</summary>
public sealed class JobStarter(JobRecords records, PipelineCatalog pipelines, IJobEngine engine, HostSettings settings, TimeProvider time)
{
    /// <summary>The record of a job, which is created where it does not exist yet; nothing is started.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">What the job says for itself, or null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PipelineException">The pipeline that the options name cannot be used.</exception>
    /// <exception cref="JobOptionsException">An option is out of its range, names a pipeline that is not there, or is not for the pipeline.</exception>
    /// <exception cref="JobErasedException">The job was erased, and its tombstone still stands.</exception>
    public Task<JobRecord> EnsureRecordAsync(JobId job, JobOptions? options, CancellationToken cancellationToken) =>
        EnsureRecordAsync(job, options, manifestETag: null, batch: null, cancellationToken);

    /// <inheritdoc cref="EnsureRecordAsync(JobId, JobOptions?, CancellationToken)"/>
    /// <param name="job">The job.</param>
    /// <param name="options">What the job says for itself, or null.</param>
    /// <param name="manifestETag">The version of <c>job.json</c> that the options were read from, or null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<JobRecord> EnsureRecordAsync(JobId job, JobOptions? options, string? manifestETag, CancellationToken cancellationToken) =>
        EnsureRecordAsync(job, options, manifestETag, batch: null, cancellationToken);

    /// <inheritdoc cref="EnsureRecordAsync(JobId, JobOptions?, CancellationToken)"/>
    /// <param name="job">The job.</param>
    /// <param name="options">What the job says for itself, or null.</param>
    /// <param name="manifestETag">The version of <c>job.json</c> that the options were read from, or null.</param>
    /// <param name="batch">The run of a batch that a new job is of, or null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<JobRecord> EnsureRecordAsync(
        JobId job, JobOptions? options, string? manifestETag, string? batch, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(job, cancellationToken) is { } existing)
        {
            return existing;
        }

        // An upload that comes before its job.json says nothing yet; what it lacks then, the result tells of.
        var pipeline = options is null ? Get(null) : Find(options);
        options ??= new JobOptions();
        return await records.CreateAsync(
            new JobRecord
            {
                JobId = job,
                Revision = 1,
                State = JobState.Open,
                Pipeline = pipeline.Definition.Name,
                PipelineDigest = pipeline.Digest,
                Options = options,
                ManifestETag = manifestETag,
                Batch = batch,
                StartedAt = time.GetUtcNow(),
            },
            cancellationToken);
    }

    /// <summary>Runs a job's next revision over all of its inputs; an open job goes on with the revision that it is at.</summary>
    /// <param name="job">The job, which must exist.</param>
    /// <param name="options">Options that replace the job's, or null to keep them.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    public async Task<JobRecord> ReopenAsync(JobId job, JobOptions? options, CancellationToken cancellationToken)
    {
        var pipeline = options is null ? null : Find(options);
        return await records.UpdateAsync(
            job,
            current => IsOpen(current) ? current : Next(current, options ?? current.Options, pipeline ?? Get(current.Pipeline)),
            cancellationToken);
    }

    /// <summary>
    /// Gives a job other options: an open one goes on under them with the revision that it is at, for one that is closed,
    /// or whose result is being published, they begin the next. Repeated for the same <c>job.json</c> it changes nothing.
    /// </summary>
    /// <param name="job">The job, which must exist.</param>
    /// <param name="options">The options.</param>
    /// <param name="manifestETag">The version of <c>job.json</c> that they were read from.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    public async Task<JobRecord> AmendAsync(JobId job, JobOptions options, string manifestETag, CancellationToken cancellationToken)
    {
        var pipeline = Find(options);
        return await records.UpdateAsync(
            job,
            current => current.ManifestETag == manifestETag ? current
                : (IsOpen(current) ? Under(current, options, pipeline) : Next(current, options, pipeline)) with { ManifestETag = manifestETag },
            cancellationToken);
    }

    /// <summary>Starts the orchestration of an open record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="complete">Whether every input is known to be there.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task StartAsync(JobRecord record, bool complete, CancellationToken cancellationToken) =>
        engine.StartAsync(CreateRequest(record, complete), cancellationToken);

    /// <summary>What the orchestration of an open record is started with.</summary>
    public static RunJobRequest CreateRequest(JobRecord record, bool complete)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new RunJobRequest(
            record.JobId,
            record.Revision,
            complete,
            record.Options.Inputs is not null,
            record.Options.QuietSeconds,
            record.StartedAt.AddSeconds(record.Options.DeadlineSeconds),
            record.StartedAt);
    }

    private static bool IsOpen(JobRecord record) => record.State == JobState.Open && !record.Sealed;

    // A name that is not there is the sender's mistake; a pipeline that is there and cannot be used is the host's trouble.
    private LoadedPipeline Find(JobOptions options)
    {
        JobOptionsException.ThrowIfInvalid(options);
        JobOptionsException.ThrowIfUnknown(options.Pipeline, pipelines.Repository);
        var pipeline = Get(options.Pipeline);
        JobOptionsException.ThrowIfUnfit(options, pipeline);
        return pipeline;
    }

    private LoadedPipeline Get(string? name) => pipelines.Get(name ?? settings.DefaultPipeline);

    private JobRecord Next(JobRecord current, JobOptions options, LoadedPipeline pipeline) => Under(current, options, pipeline) with
    {
        Revision = current.Revision + 1,
        State = JobState.Open,
        Sealed = false,
        ClosedAt = null,
        Outcome = null,
    };

    private JobRecord Under(JobRecord current, JobOptions options, LoadedPipeline pipeline) => current with
    {
        Pipeline = pipeline.Definition.Name,
        PipelineDigest = pipeline.Digest,
        Options = options,

        // Later than before whatever the clock says, since it tells runs apart.
        StartedAt = new[] { time.GetUtcNow(), current.StartedAt.AddTicks(1) }.Max(),
    };
}
