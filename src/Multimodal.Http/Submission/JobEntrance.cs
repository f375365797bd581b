using Multimodal.Http.Listing;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Submission;

/// <summary>Where jobs come in whose files are all at hand.</summary>
internal sealed class JobEntrance(JobServices jobs, IJobAdmission admission, JobIndex index, TimeProvider time)
{
    /// <summary>When a sender may try again, because as many jobs wait as may; null where another is taken.</summary>
    public TimeSpan? FindBusy() => admission.FindBusy();

    /// <summary>Stores a job's files and starts it. Not given up when the sender goes away: what is sent whole becomes a job that is started.</summary>
    /// <param name="id">The id that the sender chose; null for a new one.</param>
    /// <param name="options">What the job says for itself.</param>
    /// <param name="manifest">The options as they were sent, or null.</param>
    /// <param name="files">The inputs.</param>
    /// <param name="cancellationToken">Ends the wait for admission.</param>
    /// <exception cref="JobErasedException">The id is that of an erased job.</exception>
    public async Task<JobRecord> StartAsync(
        JobId? id, JobOptions options, ReadOnlyMemory<byte>? manifest, IReadOnlyList<JobFile> files, CancellationToken cancellationToken)
    {
        using var admitted = await admission.EnterAsync(cancellationToken);

        var job = id ?? DrawnJobId.Draw(time.GetUtcNow());
        await jobs.Administration.ThrowIfErasedAsync(job, CancellationToken.None);
        var submitted = await jobs.Submission.SubmitAsync(job, options, manifest, files, CancellationToken.None);

        // Read again, since the job may have been closed or given another pipeline meanwhile.
        var record = await jobs.Records.GetAsync(job, CancellationToken.None);
        HashSet<string> known = record.PipelineDigest == submitted.PipelineDigest ? [.. files.Select(file => InputName.Clean(file.Name))] : [];
        await jobs.Launcher.LaunchAsync(record, known, CancellationToken.None);
        index.Invalidate();
        return record;
    }

    /// <summary>Runs a job's next revision.</summary>
    public async Task<JobRecord> RerunAsync(JobId job, CancellationToken cancellationToken)
    {
        using var admitted = await admission.EnterAsync(cancellationToken);
        return await jobs.Administration.RerunAsync(job, cancellationToken);
    }
}
