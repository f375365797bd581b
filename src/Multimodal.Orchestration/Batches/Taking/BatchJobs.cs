using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>
/// Makes a job of a blob or folder: the record, then copies of the blobs as its uploads, then its start. Done again, as after a crash at any
/// point, it makes what is missing and nothing twice. What the blobs hold is not read here: the job's own first step preprocesses them, on
/// whichever worker that runs.
/// </summary>
internal sealed class BatchJobs(
    JobBlobs store, JobManifests manifests, UploadIntake intake, JobStarter starter, IJobEngine engine, ITextMask mask)
{
    public async Task<TakenGroup> TakeInAsync(BatchRecord batch, BatchGroup group, CancellationToken cancellationToken)
    {
        if (group.Fault is { } fault)
        {
            return TakenGroup.Refused(fault);
        }

        try
        {
            var options = await ReadOptionsAsync(batch.Specification.Options, group, cancellationToken);
            var job = await starter.EnsureRecordAsync(BatchIds.JobOf(batch.Id, group.Key), options, manifestETag: null, batch.Run, cancellationToken);
            return job.Batch == batch.Run ? await StartAsync(job, group, cancellationToken) : TakenGroup.Skipped;
        }
        catch (JobOptionsException e)
        {
            return TakenGroup.Refused(new BatchRefusal(group.Name, BatchCodes.BadOptions, mask.Apply(e.Message)));
        }
        catch (Exception e) when (e is JobErasedException or JobNotFoundException)
        {
            return TakenGroup.Refused(new BatchRefusal(group.Name, BatchCodes.Erased, e.Message));
        }
    }

    // A folder's own job.json stands in place of the batch's options.
    private async Task<JobOptions> ReadOptionsAsync(JobOptions options, BatchGroup group, CancellationToken cancellationToken)
    {
        if (group.Manifest is { } path && await store.FindAsync(path, cancellationToken) is { } entry)
        {
            options = entry.Length > JobManifests.MaximumBytes
                ? throw JobOptionsException.TooLarge(entry.Length, JobManifests.MaximumBytes)
                : await store.ReadAsync(path, cancellationToken) is { } blob ? manifests.Parse(blob.Content.Span) : options;
        }

        // All that there is, is there: nothing more is waited for.
        return options with
        {
            Inputs = [.. group.Files.Select(file => file.Name).Concat(group.Bad.Select(bad => bad.Name)).Order(StringComparer.Ordinal)],
        };
    }

    private async Task<TakenGroup> StartAsync(JobRecord job, BatchGroup group, CancellationToken cancellationToken)
    {
        var refusals = new List<BatchRefusal>();
        var (copied, existed) = (false, false);
        foreach (var file in group.Files)
        {
            var outcome = await store.CopyIfAbsentAsync(file.Source, JobPaths.Upload(job.JobId, file.Name), cancellationToken);
            copied |= outcome == CopyOutcome.Copied;
            existed |= outcome == CopyOutcome.Exists;
            if (outcome == CopyOutcome.SourceMissing)
            {
                await RefuseAsync(file.Name, new InputError(
                    BatchCodes.Gone, $"'{file.Name}' was deleted before it was copied.", "Send the file, and run the job again."));
            }
        }

        foreach (var (name, error) in group.Bad)
        {
            await RefuseAsync(name, error);
        }

        await StartAsync(job, copied, existed, cancellationToken);
        return new TakenGroup(job.JobId, refusals);

        async Task RefuseAsync(string name, InputError error)
        {
            await intake.RefuseAsync(job, name, error, cancellationToken);
            refusals.Add(new BatchRefusal($"{group.Name}/{name}", error.Code, error.Message));
        }
    }

    private async Task StartAsync(JobRecord job, bool copied, bool existed, CancellationToken cancellationToken)
    {
        if (job.State == JobState.Closed)
        {
            if (!copied)
            {
                return;
            }

            // It was begun before a crash, and its deadline was over before its files were there.
            job = await starter.ReopenAsync(job.JobId, options: null, cancellationToken);
        }

        await starter.StartAsync(job, complete: true, cancellationToken);
        if (existed)
        {
            // It may have been resumed meanwhile, and wait for files that have come by now.
            await engine.WakeAsync(job.JobId, cancellationToken);
        }
    }
}
