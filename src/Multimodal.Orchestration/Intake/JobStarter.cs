using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Starts jobs and their further revisions: the record first, then the orchestration, so that a crash between leaves an open record.</summary>
public sealed class JobStarter(JobRecords records, PipelineCatalog pipelines, IJobEngine engine, HostSettings settings, TimeProvider time)
{
    /// <summary>The record of a job, which is created where it does not exist yet; nothing is started.</summary>
    /// <exception cref="PipelineException">The pipeline that the options name cannot be used.</exception>
    /// <exception cref="JobOptionsException">An option is out of its range.</exception>
    public async Task<JobRecord> EnsureRecordAsync(JobId job, JobOptions? options, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(job, cancellationToken) is { } existing)
        {
            return existing;
        }

        options ??= new JobOptions();
        JobOptionsException.ThrowIfInvalid(options);
        var pipeline = pipelines.Get(options.Pipeline ?? settings.DefaultPipeline);
        return await records.CreateAsync(
            new JobRecord
            {
                JobId = job,
                Revision = 1,
                State = JobState.Open,
                Pipeline = pipeline.Definition.Name,
                PipelineDigest = pipeline.Digest,
                Options = options,
                StartedAt = time.GetUtcNow(),
            },
            cancellationToken);
    }

    /// <summary>Runs a job's next revision over all of its inputs; an open job goes on with the revision that it is at.</summary>
    /// <param name="job">The job, which must exist.</param>
    /// <param name="options">Options that replace the job's, or null to keep them.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<JobRecord> ReopenAsync(JobId job, JobOptions? options, CancellationToken cancellationToken)
    {
        if (options is not null)
        {
            JobOptionsException.ThrowIfInvalid(options);
        }

        return await records.UpdateAsync(job, current => current.State == JobState.Open ? current : Next(current, options), cancellationToken);
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
            record.StartedAt.AddSeconds(record.Options.DeadlineSeconds));
    }

    private JobRecord Next(JobRecord current, JobOptions? options)
    {
        var pipeline = pipelines.Get((options is null ? current.Pipeline : options.Pipeline) ?? settings.DefaultPipeline);
        return current with
        {
            Revision = current.Revision + 1,
            State = JobState.Open,
            Pipeline = pipeline.Definition.Name,
            PipelineDigest = pipeline.Digest,
            Options = options ?? current.Options,
            StartedAt = time.GetUtcNow(),
            ClosedAt = null,
            Outcome = null,
        };
    }
}
